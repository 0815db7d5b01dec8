#include "sheet/archive.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_ENTRIES = 10000,       /* a workbook with a picture in every row stays below */
	BOMB_RATIO = 100,          /* real sheets pack 5 to 60 : 1; Apache POI draws the line there too */
	BOMB_FREE = 16 << 20,      /* below this size no ratio harms */
	LOCAL_HEADER = 30, CENTRAL_HEADER = 46, END_RECORD = 22, /* fixed parts, ZIP APPNOTE 4.3 */
};

static const struct str nowhere = {0};

/* The library makes a record for every directory entry, so they are counted before it may. A
 * signature inside packed bytes counts too: one in 4 GiB by chance. */
static size_t count_entries(struct str bytes) {
	static const struct str mark = S_("PK\x01\x02");
	size_t n = 0;
	for (ptrdiff_t at; n <= MAX_ENTRIES && (at = str_find(bytes, mark)) >= 0; n++)
		bytes = str_sub(bytes, (size_t)at + mark.n, bytes.n);
	return n;
}

static void close_zip(void *it) {
	zip_discard(it);
}

static enum err damaged(struct sheet_problem *p, struct str place, struct str why) {
	return refuse(p, ERR_INVALID, "sheet_damaged", place, why);
}

static enum err open_zip(struct archive *z, struct str bytes, struct sheet_problem *p) {
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
	z->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
	if (z->zip) {
		arena_defer(z->arena, close_zip, z->zip);
		zip_error_fini(&error);
		return ERR_OK;
	}
	struct str reason = str_copy(z->arena, str_c(zip_error_strerror(&error)));
	zip_error_fini(&error);
	if (source) zip_source_free(source);
	return damaged(p, nowhere, JOIN(z->arena, S("the file is cut off or damaged ("), reason,
	                                S("): get it again from where it came")));
}

static struct str clean_name(struct arena *a, const char *raw) {
	struct str s = str_copy(a, str_c(raw));
	char *p = (char *)s.p;
	for (size_t i = 0; i < s.n; i++)
		if (p[i] == '\\') p[i] = '/';
	while (s.n && s.p[0] == '/') s = str_sub(s, 1, s.n);
	return s;
}

static bool climbs(struct str name) {
	struct str part;
	while (str_split(&name, '/', &part))
		if (str_eq(part, S(".."))) return true;
	return false;
}

/* One entry of the directory. Its sizes are claims: part_read holds it to them. */
static enum err load_entry(struct archive *z, uint64_t index, struct sheet_problem *p) {
	zip_stat_t st;
	const char *raw = zip_get_name(z->zip, index, ZIP_FL_ENC_RAW);
	if (!raw || zip_stat_index(z->zip, index, 0, &st))
		return damaged(p, nowhere, S("the directory of the file is damaged: get the file again"));
	struct entry *e = &z->entries[index];
	e->name = clean_name(z->arena, raw);
	e->key = str_lower(z->arena, e->name);
	e->index = index;
	e->size = st.size > INT64_MAX ? INT64_MAX : (int64_t)st.size;
	e->packed = st.comp_size > INT64_MAX ? INT64_MAX : (int64_t)st.comp_size;
	e->is_readable = st.comp_method == ZIP_CM_STORE || st.comp_method == ZIP_CM_DEFLATE;
	if (st.valid & ZIP_STAT_ENCRYPTION_METHOD && st.encryption_method != ZIP_EM_NONE)
		return refuse(p, ERR_INVALID, "sheet_encrypted", e->name,
		              S("the file has a password: save a copy without one"));
	if (climbs(e->name))
		return damaged(p, e->name, S("an entry's name leads out of the file: no spreadsheet program "
		                             "writes that"));
	return ERR_OK;
}

static bool is_bomb(int64_t size, int64_t packed) {
	return size > BOMB_FREE && size / BOMB_RATIO > packed;
}

static enum err bomb(struct sheet_problem *p, struct str place) {
	return refuse(p, ERR_TOO_LARGE, "sheet_bomb", place,
	              S("it would unpack to over 100 times its size, as no real sheet does: copy the "
	                "cells into a new workbook and save that"));
}

/* Entries side by side need at least this much room; if the file is smaller, they overlap. */
static enum err check_sizes(const struct archive *z, int64_t file_bytes,
                            const struct sheet_limits *limits, struct sheet_problem *p) {
	int64_t total = 0, room = END_RECORD;
	for (size_t i = 0; i < z->n; i++) {
		const struct entry *e = &z->entries[i];
		if (e->packed > file_bytes)
			return damaged(p, e->name, S("an entry is longer than the file: get the file again"));
		if (is_bomb(e->size, e->packed)) return bomb(p, e->name);
		room += LOCAL_HEADER + CENTRAL_HEADER + 2 * (int64_t)e->name.n + e->packed;
		total = e->size > limits->unpacked_bytes ? e->size : total + e->size;
		if (total > limits->unpacked_bytes)
			return refuse(p, ERR_TOO_LARGE, "sheet_too_large", e->name,
			              JOIN(z->arena, S("the file unpacks to over "),
			                   str_of_int(z->arena, limits->unpacked_bytes),
			                   S(" bytes: split it into several")));
	}
	if (room > file_bytes)
		return damaged(p, nowhere, S("entries of the file overlap: save it again with a spreadsheet "
		                             "program"));
	return is_bomb(total, file_bytes) ? bomb(p, nowhere) : ERR_OK;
}

static int by_key(const void *x, const void *y) {
	const struct entry *a = x, *b = y;
	return str_cmp(a->key, b->key);
}

enum err archive_open(struct arena *a, struct str bytes, const struct sheet_limits *limits,
                      struct archive *out, struct sheet_problem *problem) {
	struct archive z = {.arena = a};
	enum err e;
	if (count_entries(bytes) > MAX_ENTRIES)
		return refuse(problem, ERR_TOO_LARGE, "sheet_bomb", nowhere,
		              S("the file has over 10,000 entries: copy the cells into a new workbook"));
	if ((e = open_zip(&z, bytes, problem))) return e;
	zip_int64_t n = zip_get_num_entries(z.zip, 0);
	z.n = n > 0 ? (size_t)n : 0;
	z.entries = arena_array(a, z.n, sizeof *z.entries);
	for (size_t i = 0; i < z.n; i++)
		if ((e = load_entry(&z, i, problem))) return e;
	if ((e = check_sizes(&z, (int64_t)bytes.n, limits, problem))) return e;
	if (z.n) qsort(z.entries, z.n, sizeof *z.entries, by_key);
	for (size_t i = 1; i < z.n; i++)
		if (str_eq(z.entries[i - 1].key, z.entries[i].key))
			return damaged(problem, z.entries[i].name,
			               S("two entries have this name, so it is open which one counts: save the "
			                 "file again with a spreadsheet program"));
	*out = z;
	return ERR_OK;
}

const struct entry *archive_find(const struct archive *z, struct str name) {
	struct entry wanted = {.key = str_lower(z->arena, name)};
	return z->n ? bsearch(&wanted, z->entries, z->n, sizeof *z->entries, by_key) : NULL;
}

enum err part_open(const struct archive *z, const struct entry *e, struct part *out,
                   struct sheet_problem *problem) {
	if (!e->is_readable)
		return damaged(problem, e->name,
		               S("an entry is packed in a way that workbooks do not use: save the file again "
		                 "with a spreadsheet program"));
	*out = (struct part){.entry = e, .file = zip_fopen_index(z->zip, e->index, 0)};
	if (!out->file)
		return damaged(problem, e->name, S("an entry cannot be unpacked: get the file again"));
	return ERR_OK;
}

enum err part_read(struct part *p, void *to, size_t n, size_t *got, struct sheet_problem *problem) {
	zip_int64_t r = zip_fread(p->file, to, n);
	if (r < 0)
		return damaged(problem, p->entry->name,
		               S("an entry's bytes are damaged (checksum or packing): get the file again"));
	p->read += r;
	if (p->read > p->entry->size)
		return damaged(problem, p->entry->name,
		               S("an entry is longer than the directory says: get the file again"));
	*got = (size_t)r;
	return ERR_OK;
}

void part_close(struct part *p) {
	if (p->file) zip_fclose(p->file);
	p->file = NULL;
}
