#include "domain/exif.h"

/* A TIFF block: all offsets count from its start, numbers in its own byte order. */
struct tiff {
	const unsigned char *p;
	size_t n;
	bool is_big;
};

static bool u16(const struct tiff *t, size_t at, uint32_t *v) {
	if (at + 2 > t->n) return false;
	*v = t->is_big ? (uint32_t)(t->p[at] << 8 | t->p[at + 1]) : (uint32_t)(t->p[at + 1] << 8 | t->p[at]);
	return true;
}

static bool u32(const struct tiff *t, size_t at, uint32_t *v) {
	uint32_t a, b;
	if (!u16(t, at, &a) || !u16(t, at + 2, &b)) return false;
	*v = t->is_big ? a << 16 | b : b << 16 | a;
	return true;
}

/* Place of an entry's value field in a directory; 0 = not there. An entry is tag, type, count, value. */
static size_t find_tag(const struct tiff *t, size_t dir, uint32_t tag) {
	uint32_t n, have;
	if (!u16(t, dir, &n)) return 0;
	for (uint32_t i = 0; i < n; i++) {
		size_t at = dir + 2 + (size_t)i * 12;
		if (!u16(t, at, &have)) return 0;
		if (have == tag) return at + 8;
	}
	return 0;
}

static bool rational_e6(const struct tiff *t, size_t at, int64_t *v) {
	uint32_t num, den;
	if (!u32(t, at, &num) || !u32(t, at + 4, &den) || den == 0) return false;
	*v = (int64_t)num * 1000000 / den;
	return true;
}

/* Degrees, minutes, seconds as three rationals; the reference letter gives the sign. */
static bool degrees_e6(const struct tiff *t, size_t gps, uint32_t value_tag, uint32_t ref_tag,
		char negative, int64_t *out) {
	uint32_t offset;
	int64_t d, m, s;
	size_t value = find_tag(t, gps, value_tag), ref = find_tag(t, gps, ref_tag);
	if (!value || !ref || ref >= t->n || !u32(t, value, &offset)) return false;
	if (!rational_e6(t, offset, &d) || !rational_e6(t, (size_t)offset + 8, &m)
		|| !rational_e6(t, (size_t)offset + 16, &s))
		return false;
	int64_t v = d + m / 60 + s / 3600;
	if (v > INT64_C(180000000)) return false;
	*out = t->p[ref] == (unsigned char)negative ? -v : v;
	return true;
}

static bool two(const unsigned char *p, int64_t *v) {
	if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9') return false;
	*v = (p[0] - '0') * 10 + (p[1] - '0');
	return true;
}

/* "2024:03:14 09:30:00" */
static bool read_time(const struct tiff *t, size_t exif_dir, int64_t *at_ms) {
	uint32_t offset;
	int64_t c, y, mo, d, h, mi, s;
	size_t value = find_tag(t, exif_dir, 0x9003);
	if (!value || !u32(t, value, &offset) || (size_t)offset + 19 > t->n) return false;
	const unsigned char *p = t->p + offset;
	if (!two(p, &c) || !two(p + 2, &y) || !two(p + 5, &mo) || !two(p + 8, &d) || !two(p + 11, &h) ||
	    !two(p + 14, &mi) || !two(p + 17, &s))
		return false;
	if (!day_is_valid((int)(c * 100 + y), (int)mo, (int)d) || h > 23 || mi > 59 || s > 59) return false;
	int64_t day = day_of((int)(c * 100 + y), (int)mo, (int)d);
	*at_ms = ((day * 24 + h - 8) * 60 + mi) * 60000 + s * 1000;
	return true;
}

static void read_tiff(struct tiff *t, struct exif *out) {
	uint32_t first, exif_dir, gps_dir;
	if (!u32(t, 4, &first)) return;
	size_t exif_at = find_tag(t, first, 0x8769), gps_at = find_tag(t, first, 0x8825);
	if (exif_at && u32(t, exif_at, &exif_dir)) out->has_time = read_time(t, exif_dir, &out->at_ms);
	if (!gps_at || !u32(t, gps_at, &gps_dir)) return;
	out->has_place = degrees_e6(t, gps_dir, 2, 1, 'S', &out->lat_e6)
		&& degrees_e6(t, gps_dir, 4, 3, 'W', &out->lng_e6);
}

bool exif_read(struct str bytes, struct exif *out) {
	const unsigned char *p = (const unsigned char *)bytes.p;
	*out = (struct exif){0};
	if (bytes.n < 4 || p[0] != 0xFF || p[1] != 0xD8) return false;
	for (size_t at = 2; at + 4 <= bytes.n && p[at] == 0xFF && p[at + 1] != 0xDA;) {
		size_t len = (size_t)p[at + 2] << 8 | p[at + 3];
		if (len < 2 || len > bytes.n - at - 2) return false;
		struct str body = str_sub(bytes, at + 4, len - 2);
		if (p[at + 1] == 0xE1 && body.n > 14 && str_starts(body, (struct str){"Exif\0\0", 6})) {
			struct tiff t = {p + at + 10, body.n - 6, p[at + 10] == 'M'};
			read_tiff(&t, out);
			return true;
		}
		at += 2 + len;
	}
	return false;
}
