#include "cli_validate.h"

#include "base/json.h"
#include "domain/check.h"

#include <stdio.h>

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2 };
enum { LINE_MAX_BYTES = 4096 };

static int usage(void) {
	fputs("usage: zhaoyin validate uscc [--strict] --json\n"
	      "Codes on standard input, one a line; one JSON line for each.\n", stderr);
	return EXIT_USAGE;
}

static bool parse(int argc, char **argv, bool *is_strict) {
	bool is_json = false, is_uscc = false;
	for (int i = 1; i < argc; i++) {
		struct str arg = str_c(argv[i]);
		if (str_eq(arg, S("--json"))) is_json = true;
		else if (str_eq(arg, S("--strict"))) *is_strict = true;
		else if (str_eq(arg, S("uscc")) && !is_uscc) is_uscc = true;
		else return false;
	}
	return is_json && is_uscc;
}

/* One line without its end (LF or CRLF) into line; what goes past its room is read and dropped, and
 * stays visible as a code that is too long. False at the end of the input. */
static bool read_line(char line[LINE_MAX_BYTES], size_t *n) {
	int c;
	*n = 0;
	while ((c = getc(stdin)) != EOF && c != '\n')
		if (*n < LINE_MAX_BYTES) line[(*n)++] = (char)c;
	if (c == EOF && !*n) return false;
	if (*n && line[*n - 1] == '\r') (*n)--;
	return true;
}

static bool answer(struct arena *a, struct str input, bool is_strict) {
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	struct check c = check_uscc(a, input, is_strict);
	json_obj(&j);
	json_put_str(&j, "input", input);
	json_put_str(&j, "normal", c.normal);
	json_put_bool(&j, "valid", c.is_valid);
	json_put_str_or_null(&j, "reason", c.rule);
	json_end(&j);
	buf_byte(&b, '\n');
	return fwrite(b.p, 1, b.n, stdout) == b.n;
}

int cli_validate(int argc, char **argv) {
	static const char no_output[] = "zhaoyin: cannot write to standard output\n";
	struct arena a = {0};
	char line[LINE_MAX_BYTES];
	size_t n;
	bool is_strict = false, is_good = true;
	if (!parse(argc, argv, &is_strict)) return usage();
	while (is_good && read_line(line, &n)) {
		is_good = answer(&a, (struct str){line, n}, is_strict);
		arena_reset(&a);
	}
	arena_release(&a);
	if (ferror(stdin)) {
		fputs("zhaoyin: cannot read standard input\n", stderr);
		return EXIT_REFUSED;
	}
	if (is_good && fflush(stdout) == 0) return 0;
	fputs(no_output, stderr);
	return EXIT_REFUSED;
}
