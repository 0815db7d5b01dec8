#include <stdio.h>

int main(void) {
	puts("zhaoyin");
	return 0;
}
