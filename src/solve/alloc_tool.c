/* `zhaoyin allocate` alone, for benches and tests of the engine. */
#include "cli_allocate.h"

int main(int argc, char **argv) {
	return cli_allocate(argc, argv);
}
