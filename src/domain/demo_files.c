/* demo_files.c - one small file for each kind of evidence: one-page PDF, painted PNG, plain text.
 *
 * Many evidence rows share a file, so that the demo database stays small. The PDF names a font that
 * viewers bring along (STSong-Light); the PNG is stored without compression. */
#include "domain/demo_parts.h"

#include <sodium.h>

static const struct kind {
	struct str code, title;
} kinds[] = {
	{S_("CONTRACT"), S_("投资合同")},         {S_("LICENCE"), S_("营业执照")},       {S_("PROJECT_CODE"), S_("投资项目备案证明")},
	{S_("LAND_CONTRACT"), S_("用地出让合同")}, {S_("LEASE"), S_("厂房租赁合同")},     {S_("PERMIT"), S_("施工许可证")},
	{S_("FITOUT_CONTRACT"), S_("装修合同")},   {S_("EQUIPMENT_ORDER"), S_("设备订单")}, {S_("BANK_SLIP"), S_("付款凭证")},
	{S_("INVOICE"), S_("工程发票")},           {S_("ACCEPTANCE"), S_("竣工验收记录")}, {S_("SALES_INVOICE"), S_("销售发票")},
	{S_("ELECTRICITY"), S_("用电证明")},       {S_("ENV_PERMIT"), S_("排污许可")},     {S_("ABOVE_SCALE"), S_("入规证明")},
	{S_("OUTPUT_PROOF"), S_("产值证明")},      {S_("REVIEW"), S_("履约评价")},         {S_("MINUTES"), S_("联审纪要")},
};

/* ---- PDF ---- */

/* UTF-16BE in hex, as a string of the font. */
static void add_utf16(struct buf *b, struct str s) {
	buf_byte(b, '<');
	for (int32_t cp = str_next(&s); cp >= 0; cp = str_next(&s)) {
		const unsigned char two[2] = {(unsigned char)(cp >> 8), (unsigned char)cp};
		buf_hex(b, two, sizeof two);
	}
	buf_byte(b, '>');
}

static void add_line(struct buf *b, int size, int y, struct str text) {
	buf_c(b, "BT /F1 ");
	buf_int(b, size);
	buf_c(b, " Tf 72 ");
	buf_int(b, y);
	buf_c(b, " Td ");
	add_utf16(b, text);
	buf_c(b, " Tj ET\n");
}

static struct str page_of(struct arena *a, struct str title) {
	struct buf b = {.arena = a};
	add_line(&b, 22, 740, title);
	add_line(&b, 12, 700, S("演示材料：内容为虚构，不具有任何效力。"));
	add_line(&b, 12, 676, S("本文件用于演示佐证材料的上传、审核和核验。"));
	add_line(&b, 12, 640, S("签章处（双方）："));
	buf_c(&b, "0.8 w 72 540 180 80 re S 320 540 180 80 re S\n");
	return buf_str(&b);
}

static void add_object(struct buf *b, size_t *offsets, int no, struct str body) {
	offsets[no] = b->n;
	buf_int(b, no);
	buf_c(b, " 0 obj\n");
	buf_add(b, body);
	buf_c(b, "\nendobj\n");
}

enum { PDF_OBJECTS = 8 }; /* object 0 is the free list's */

static struct str pdf_of(struct arena *a, struct str title) {
	size_t offsets[PDF_OBJECTS];
	struct str page = page_of(a, title);
	struct buf b = {.arena = a};
	buf_c(&b, "%PDF-1.5\n");
	add_object(&b, offsets, 1, S("<< /Type /Catalog /Pages 2 0 R >>"));
	add_object(&b, offsets, 2, S("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"));
	add_object(&b, offsets, 3, S("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
	                             "/Resources << /Font << /F1 5 0 R >> >> >>"));
	add_object(&b, offsets, 4,
		CAT(a, S("<< /Length "), str_of_int(a, (int64_t)page.n), S(" >>\nstream\n"), page, S("endstream")));
	add_object(&b, offsets, 5,
		S("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H "
	                             "/DescendantFonts [6 0 R] >>"));
	add_object(&b, offsets, 6, S("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
	                             "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
	                             "/FontDescriptor 7 0 R >>"));
	add_object(&b, offsets, 7,
		S("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
	                             "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"));
	size_t xref = b.n;
	buf_c(&b, "xref\n0 8\n0000000000 65535 f \n");
	for (int i = 1; i < PDF_OBJECTS; i++) {
		buf_pad(&b, (int64_t)offsets[i], 10);
		buf_c(&b, " 00000 n \n");
	}
	buf_c(&b, "trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n");
	buf_int(&b, (int64_t)xref);
	buf_c(&b, "\n%%EOF\n");
	return buf_str(&b);
}

/* ---- PNG ---- */

enum { PHOTO_W = 96, PHOTO_H = 64, PHOTO_ROW = 1 + 3 * PHOTO_W };

static void add_u32(struct buf *b, uint32_t v) {
	for (int shift = 24; shift >= 0; shift -= 8) buf_byte(b, (char)(v >> shift & 255));
}

static uint32_t crc32_of(const char *p, size_t n) {
	uint32_t crc = 0xffffffff;
	for (size_t i = 0; i < n; i++) {
		crc ^= (unsigned char)p[i];
		for (int k = 0; k < 8; k++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

static void add_chunk(struct buf *b, struct str type, struct str data) {
	add_u32(b, (uint32_t)data.n);
	size_t from = b->n;
	buf_add(b, type);
	buf_add(b, data);
	add_u32(b, crc32_of(b->p + from, b->n - from));
}

/* A building site: sky, ground, a hall that grows with the variant. */
static void paint(struct buf *b, int variant) {
	for (int y = 0; y < PHOTO_H; y++) {
		buf_byte(b, 0); /* no filter */
		for (int x = 0; x < PHOTO_W; x++) {
			bool is_ground = y > 44,
				is_hall = x > 18 && x < 40 + 12 * variant && y > 40 - 6 * variant && y <= 48;
			int shade = is_hall ? 120 + (x % 8 == 0 ? -30 : 10) : is_ground ? 150 : 205;
			buf_byte(b, (char)(is_ground && !is_hall ? shade - 10 : shade));
			buf_byte(b, (char)(is_ground && !is_hall ? shade - 40 : shade + y / 4));
			buf_byte(b, (char)(is_ground && !is_hall ? shade - 80 : shade + 30));
		}
	}
}

static uint32_t adler32_of(struct str s) {
	uint32_t x = 1, y = 0;
	for (size_t i = 0; i < s.n; i++) {
		x = (x + (unsigned char)s.p[i]) % 65521;
		y = (y + x) % 65521;
	}
	return y << 16 | x;
}

/* A zlib stream of one stored block: the picture is below its 65,535 bytes. */
static struct str stored(struct arena *a, struct str raw) {
	struct buf b = {.arena = a};
	uint16_t n = (uint16_t)raw.n;
	const char head[] = {0x78, 0x01, 1, (char)(n & 255), (char)(n >> 8), (char)(~n & 255),
		(char)((uint16_t)~n >> 8)};
	buf_add(&b, (struct str){head, sizeof head});
	buf_add(&b, raw);
	add_u32(&b, adler32_of(raw));
	return buf_str(&b);
}

static struct str png_of(struct arena *a, int variant) {
	struct buf head = {.arena = a}, raw = {.arena = a}, b = {.arena = a};
	_Static_assert(PHOTO_ROW * PHOTO_H < 65536, "one stored block");
	add_u32(&head, PHOTO_W);
	add_u32(&head, PHOTO_H);
	buf_add(&head, (struct str){(const char[]){8, 2, 0, 0, 0}, 5}); /* 8 bits, RGB */
	paint(&raw, variant);
	buf_add(&b, (struct str){"\x89PNG\r\n\x1a\n", 8});
	add_chunk(&b, S("IHDR"), buf_str(&head));
	add_chunk(&b, S("IDAT"), stored(a, buf_str(&raw)));
	add_chunk(&b, S("IEND"), S(""));
	return buf_str(&b);
}

/* ---- all of them ---- */

static struct str sha256_of(struct arena *a, struct str bytes) {
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)bytes.p, bytes.n);
	struct buf hex = {.arena = a};
	buf_hex(&hex, hash, sizeof hash);
	return buf_str(&hex);
}

static enum err put_file(struct demo_city *c, const struct demo_file *f) {
	struct demo_row r = {.n = 0};
	demo_text(&r, S("sha256"), f->sha256);
	demo_int(&r, S("size_bytes"), (int64_t)f->bytes.n);
	demo_text(&r, S("mime"), f->mime);
	r.c[r.n++] = (struct column){S("bytes"), VB(f->bytes)};
	demo_int(&r, S("created_at_ms"), demo_at(c, c->today - 900, 600));
	return demo_put(c, S("file_blob"), &r, NULL);
}

/* Set before the write job, so that running it again changes nothing. */
void demo_make_files(struct demo_city *c) {
	struct arena *a = c->ctx->arena;
	c->files = arena_array(a, LEN(kinds) + DEMO_PHOTOS + 1, sizeof *c->files);
	for (size_t i = 0; i < LEN(kinds); i++)
		c->files[c->files_n++] = (struct demo_file){kinds[i].code,
			CAT(a, kinds[i].title, S(".pdf")), S("application/pdf"), pdf_of(a, kinds[i].title), {0}};
	for (int i = 0; i < DEMO_PHOTOS; i++)
		c->files[c->files_n++] = (struct demo_file){S("PHOTO"),
			CAT(a, S("现场照片"), demo_no(a, i + 1, 1), S(".png")),
		                                            S("image/png"), png_of(a, i), {0}};
	c->files[c->files_n++] = (struct demo_file){S("OTHER"), S("对接情况.txt"), S("text/plain"),
	                                            S("演示材料：对接情况说明。内容为虚构。\n"), {0}};
	for (size_t i = 0; i < c->files_n; i++) c->files[i].sha256 = sha256_of(a, c->files[i].bytes);
}

enum err demo_put_files(struct demo_city *c) {
	for (size_t i = 0; i < c->files_n; i++) {
		enum err e = put_file(c, &c->files[i]);
		if (e) return e;
	}
	return ERR_OK;
}

const struct demo_file *demo_file_of(const struct demo_city *c, struct str kind, int variant) {
	for (size_t i = 0; i < c->files_n; i++)
		if (str_eq(c->files[i].kind, kind)) return &c->files[i + (size_t)variant];
	return &c->files[c->files_n - 1];
}
