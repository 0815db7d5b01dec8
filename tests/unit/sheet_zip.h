/* sheet_zip.h - workbooks in memory entry by entry, right or wrong on purpose; for tests and fuzzing. */
#ifndef SHEET_ZIP_H
#define SHEET_ZIP_H

#include "base/buf.h"

/* One entry of an archive, stored; what is not zero overrides what would be true. */
struct made {
	struct str name, body;
	uint32_t size, packed, crc, flags, method;
	bool same_place;   /* its directory record points to the entry before */
};

static inline uint32_t made_crc(struct str s) {
	uint32_t crc = 0xFFFFFFFFu;
	for (size_t i = 0; i < s.n; i++) {
		crc ^= (unsigned char)s.p[i];
		for (int k = 0; k < 8; k++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
	}
	return ~crc;
}

static inline void put_le(struct buf *b, uint64_t v, int bytes) {
	for (int i = 0; i < bytes; i++) buf_byte(b, (char)(v >> 8 * i & 0xFF));
}

/* What local and central records have in common: version to lengths (APPNOTE 4.3.7). */
static inline void put_common(struct buf *b, const struct made *m) {
	put_le(b, 20, 2);
	put_le(b, m->flags, 2);
	put_le(b, m->method, 2);
	put_le(b, 0x58210000, 4);
	put_le(b, m->crc ? m->crc : made_crc(m->body), 4);
	put_le(b, m->packed ? m->packed : m->body.n, 4);
	put_le(b, m->size ? m->size : m->body.n, 4);
	put_le(b, m->name.n, 2);
	put_le(b, 0, 2);
}

static inline struct str make_zip(struct arena *a, const struct made *entries, size_t n) {
	struct buf b = {.arena = a}, dir = {.arena = a};
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		const struct made *m = &entries[i];
		if (!m->same_place) {
			at = b.n;
			put_le(&b, 0x04034b50, 4);
			put_common(&b, m);
			buf_add(&b, m->name);
			buf_add(&b, m->body);
		}
		put_le(&dir, 0x02014b50, 4);
		put_le(&dir, 20, 2);
		put_common(&dir, m);
		put_le(&dir, 0, 8); /* comment length, disk, attributes: 2 + 2 + 2 + 4 */
		put_le(&dir, 0, 2);
		put_le(&dir, at, 4);
		buf_add(&dir, m->name);
	}
	size_t start = b.n;
	buf_add(&b, buf_str(&dir));
	put_le(&b, 0x06054b50, 4);
	put_le(&b, 0, 4);
	put_le(&b, n, 2);
	put_le(&b, n, 2);
	put_le(&b, dir.n, 4);
	put_le(&b, start, 4);
	put_le(&b, 0, 2);
	return buf_str(&b);
}

#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

#define MADE_ROOT_RELS {.name = S_("_rels/.rels"), .body = S_("<Relationships><Relationship Id=\"rId1\" Type=\"" \
	REL_NS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")}
#define MADE_WORKBOOK {.name = S_("xl/workbook.xml"), .body = S_("<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" \
	REL_NS "\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>")}
#define MADE_RELS {.name = S_("xl/_rels/workbook.xml.rels"), .body = S_("<Relationships>" \
	"<Relationship Id=\"rId1\" Type=\"" REL_NS "/worksheet\" Target=\"worksheets/sheet1.xml\"/>" \
	"<Relationship Id=\"rId2\" Type=\"" REL_NS "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>" \
	"<Relationship Id=\"rId3\" Type=\"" REL_NS "/styles\" Target=\"styles.xml\"/></Relationships>")}

/* A workbook of one sheet from the XML of its parts; an empty part is left out. */
static inline struct str make_book(struct arena *a, struct str sheet, struct str strings,
                                   struct str styles) {
	struct made entries[6] = {MADE_ROOT_RELS, MADE_WORKBOOK, MADE_RELS,
	                          {.name = S("xl/worksheets/sheet1.xml"), .body = sheet}};
	size_t n = 4;
	if (strings.n) entries[n++] = (struct made){.name = S("xl/sharedStrings.xml"), .body = strings};
	if (styles.n) entries[n++] = (struct made){.name = S("xl/styles.xml"), .body = styles};
	return make_zip(a, entries, n);
}

#endif
