/* sheet_tool.c - the command "sheet" alone, without the rest of the program, for tests of files. */
#include "cli_sheet.h"

int main(int argc, char **argv) {
	return cli_sheet(argc, argv);
}
