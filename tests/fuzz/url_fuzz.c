/* url_fuzz.c - any bytes as a request target: decoding never grows text, gives UTF-8 without NUL,
 * and refuses what url_is_target refuses. */
#include "api/url.h"

#include <assert.h>
#include <string.h>

static void decode(struct arena *a, struct str s) {
	struct str out;
	if (!url_decode(a, s, &out)) return;
	assert(out.n <= s.n);
	assert(str_is_utf8(out));
	assert(!out.n || !memchr(out.p, 0, out.n));
}

static void walk(struct arena *a, struct str query) {
	struct url_pair pair;
	size_t pairs = 0;
	struct str rest = query;
	while (url_query_next(a, &rest, &pair) == URL_PAIR) {
		assert(str_is_utf8(pair.name) && str_is_utf8(pair.value));
		pairs++;
	}
	assert(pairs <= query.n + 1);
	struct str value;
	url_query_find(a, query, S("limit"), &value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	static const struct str patterns[] = {S_("/api/v1/projects/:id/stage"), S_("/:a/:b/:c/:d"), S_("/:a/:b/:c/:d/:e"), S_("")};
	struct arena a = {0};
	struct str query = {(const char *)data, size}, path;
	bool is_target = url_is_target(query), has_query = str_split(&query, '?', &path);
	assert(has_query);
	decode(&a, path);
	struct str out;
	if (is_target && url_decode(&a, path, &out)) assert(!memchr(out.p ? out.p : "", 0, out.n));
	walk(&a, query);
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
		struct str params[URL_PARAMS_MAX];
		size_t n = 0;
		if (!url_match(patterns[i], path, params, &n)) continue;
		assert(n <= URL_PARAMS_MAX);
		for (size_t k = 0; k < n; k++) assert(params[k].n > 0 && !memchr(params[k].p, '/', params[k].n));
	}
	arena_release(&a);
	return 0;
}
