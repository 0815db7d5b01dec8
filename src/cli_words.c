#include "cli_words.h"

static const struct cli_word *find(const struct cli_word *table, size_t n, struct str name) {
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_c(table[i].name), name)) return &table[i];
	return NULL;
}

bool cli_words(int argc, char **argv, int from, const struct cli_word *table, size_t n, void *into,
	struct str *words, size_t max, size_t *words_n) {
	size_t count = 0;
	for (int i = from; i < argc; i++) {
		struct str arg = str_c(argv[i]);
		const struct cli_word *o = find(table, n, arg);
		char *member = o ? (char *)into + o->offset : NULL;
		if (o && o->is_flag) *(bool *)member = true;
		else if (o && i + 1 < argc) *(struct str *)member = str_c(argv[++i]);
		else if (o || str_starts(arg, S("--")) || count == max) return false;
		else words[count++] = arg;
	}
	if (words_n) *words_n = count;
	return true;
}
