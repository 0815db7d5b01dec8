/* archive.h - a ZIP file, judged whole before anything in it is unpacked.
 *
 * Opening refuses: too many entries, names twice or with "..", entries that overlap, a password,
 * and what unpacks to far too much (the sizes that the directory states; reading holds each entry
 * to its stated size). Names are compared without case and with forward slashes. */
#ifndef SHEET_ARCHIVE_H
#define SHEET_ARCHIVE_H

#include "sheet/problem.h"

#include <zip.h>

struct entry {
	struct str name;     /* as stored, but "\" is "/" and no "/" in front */
	struct str key;      /* name in lower case */
	uint64_t index;      /* in the directory */
	int64_t size;        /* unpacked, as stated */
	int64_t packed;
	bool is_readable;    /* stored or deflated: nothing else occurs in workbooks */
};

struct archive {
	struct arena *arena;
	zip_t *zip;
	struct entry *entries; /* by key */
	size_t n;
};

/* bytes must live as long as the arena, which closes the archive. */
enum err archive_open(struct arena *a, struct str bytes, const struct sheet_limits *limits,
                      struct archive *out, struct sheet_problem *problem);
const struct entry *archive_find(const struct archive *z, struct str name); /* NULL = none */

/* One entry being unpacked. */
struct part {
	const struct entry *entry;
	zip_file_t *file;
	int64_t read;
};

enum err part_open(const struct archive *z, const struct entry *e, struct part *out,
                   struct sheet_problem *problem);
/* Up to n bytes; *got = 0 at the end, where the checksum has been compared. */
enum err part_read(struct part *p, void *to, size_t n, size_t *got, struct sheet_problem *problem);
void part_close(struct part *p);

#endif
