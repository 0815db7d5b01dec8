/* cookie_fuzz.c - any bytes as a Cookie header: what is found is made of cookie octets and lies
 * inside the header, and a second cookie of the name hides both. */
#include "api/url.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	static const struct str name = S_("__Host-s");
	struct str header = {(const char *)data, size}, value;
	if (!cookie_find(header, name, &value)) return 0;
	assert(value.n == 0 || (value.p >= header.p && value.p + value.n <= header.p + header.n));
	for (size_t i = 0; i < value.n; i++) assert(value.p[i] > ' ' && value.p[i] <= '~' && value.p[i] != ';');
	struct arena a = {0};
	struct str twice = str_cat(&a, header, S("; __Host-s=planted"));
	assert(!cookie_find(twice, name, &value));
	arena_release(&a);
	return 0;
}
