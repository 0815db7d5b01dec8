/* shared_strings.h - the shared strings of a workbook, packed into pages.
 *
 * Rich text is its runs put together; phonetic runs are left out. */
#ifndef SHEET_SHARED_STRINGS_H
#define SHEET_SHARED_STRINGS_H

#include "sheet/archive.h"

enum { STRINGS_PAGE = 4096 };

struct strings {
	struct str **pages;  /* STRINGS_PAGE texts each */
	size_t n;
	bool has_empty;      /* some text is "", so that its cells hold nothing */
};

/* entry NULL = the file has none. */
enum err strings_load(struct arena *a, const struct archive *z, const struct entry *entry,
                      const struct sheet_limits *limits, struct strings *out,
                      struct sheet_problem *problem);

static inline struct str strings_at(const struct strings *s, size_t i) {
	return s->pages[i / STRINGS_PAGE][i % STRINGS_PAGE];
}

#endif
