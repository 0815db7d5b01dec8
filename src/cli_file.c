#include "cli_file.h"

#include "api/call.h"

#include <stdio.h>
#include <string.h>

struct str file_base_name(const char *path) {
	const char *slash = strrchr(path, '/');
	return str_c(slash ? slash + 1 : path);
}

bool file_read(struct arena *a, const char *path, size_t max, struct str *out) {
	enum { PIECE = 1 << 16 };
	FILE *f = fopen(path, "rb");
	struct buf b = {.arena = a};
	size_t n;
	long size;
	if (!f) return false;
	/* room for all of it at once where its size is known: a buffer that grows leaves its halves behind */
	if (fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) > 0 && (unsigned long)size <= max)
		(void)buf_reserve(&b, (size_t)size + PIECE);
	rewind(f);
	while (b.n <= max && (n = fread(buf_reserve(&b, PIECE), 1, PIECE, f)) > 0) b.n += n;
	bool is_read = !ferror(f);
	fclose(f);
	*out = buf_str(&b);
	return is_read;
}

void file_say(const char *path, struct str place, struct str sentence) {
	fprintf(stderr, "zhaoyin: %s: %.*s%s%.*s\n", path, (int)place.n, place.p ? place.p : "",
		place.n ? ": " : "", (int)sentence.n, sentence.p ? sentence.p : "");
}

/* The place stands in front, so the sentence is told without it. */
int file_refuse_sheet(struct arena *a, const char *path, const struct sheet_problem *p, enum lang lang) {
	struct str sentence = words(a, p->rule, lang, p->why, S(""));
	file_say(path, p->place, sentence.n ? sentence : p->why);
	return 1;
}
