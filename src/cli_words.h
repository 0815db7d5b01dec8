/* cli_words.h - the words and options of a command, read by a table.
 *
 * An option sets a member of the command's own struct: `--name VALUE` a struct str, a flag a bool.
 * Texts are borrowed from argv. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include "base/str.h"

struct cli_word {
	const char *name;   /* "--json" */
	size_t offset;
	bool is_flag;
};

/* Reads argv from `from` on; what is no option goes to words in order, at most max of them. False for an
 * unknown option, one without its value, or a word too many: the caller shows the usage. */
bool cli_words(int argc, char **argv, int from, const struct cli_word *table, size_t n, void *into,
	struct str *words, size_t max, size_t *words_n);

#endif
