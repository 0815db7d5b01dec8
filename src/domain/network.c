#include "domain/network.h"

#include "base/arena.h"
#include "base/buf.h"

#include <arpa/inet.h>
#include <string.h>

enum { RANGES_MAX = 50, V4 = 4, V6 = 16 };

struct range {
	unsigned char bytes[V6];
	size_t n;              /* 4 or 16 */
	int bits;
};

static bool parse_address(struct arena *a, struct str s, struct range *out) {
	static const unsigned char mapped[12] = {[10] = 0xFF, [11] = 0xFF};
	const char *text = str_cstr(a, s);
	*out = (struct range){.n = V4, .bits = 32};
	if (inet_pton(AF_INET, text, out->bytes) == 1) return true;
	*out = (struct range){.n = V6, .bits = 128};
	if (inet_pton(AF_INET6, text, out->bytes) != 1) return false;
	if (memcmp(out->bytes, mapped, sizeof mapped) != 0) return true;
	memmove(out->bytes, out->bytes + sizeof mapped, V4);
	out->n = V4;
	out->bits = 32;
	return true;
}

static bool bit_of(const unsigned char *p, int i) {
	return p[i / 8] >> (7 - i % 8) & 1;
}

/* Bits behind the mask are a slip of the pen: 10.1.2.3/8 may mean either. */
static bool parse_range(struct arena *a, struct str s, struct range *out) {
	struct str rest = s, address;
	int64_t bits;
	bool has_mask = str_has(s, S("/"));
	(void)str_split(&rest, '/', &address);
	if (!parse_address(a, address, out)) return false;
	if (!has_mask) return true;
	if (!str_int(rest, &bits) || bits < 0 || bits > out->bits) return false;
	for (int i = (int)bits; i < out->bits; i++)
		if (bit_of(out->bytes, i)) return false;
	out->bits = (int)bits;
	return true;
}

static void put_range(struct buf *b, const struct range *r) {
	char text[INET6_ADDRSTRLEN];
	if (b->n) buf_byte(b, ',');
	buf_c(b, inet_ntop(r->n == V4 ? AF_INET : AF_INET6, r->bytes, text, sizeof text));
	buf_byte(b, '/');
	buf_int(b, r->bits);
}

bool networks_parse(struct arena *a, struct str text, struct str *normal, struct str *bad) {
	struct str rest = text, part;
	struct buf b = {.arena = a};
	size_t n = 0;
	*bad = S("");
	while (str_split(&rest, ',', &part)) {
		struct range r;
		part = str_trim(part);
		if (!part.n) continue;
		if (n++ == RANGES_MAX || part.n > 64 || !parse_range(a, part, &r)) {
			*bad = str_cp_head(part, 64);
			return false;
		}
		put_range(&b, &r);
	}
	*normal = buf_str(&b);
	return true;
}

bool networks_have(struct arena *a, struct str list, struct str address) {
	struct range who, r;
	struct str rest = list, part;
	if (address.n > 64 || !parse_address(a, address, &who)) return false;
	while (str_split(&rest, ',', &part)) {
		if (!parse_range(a, str_trim(part), &r) || r.n != who.n) continue;
		int i = 0;
		while (i < r.bits && bit_of(r.bytes, i) == bit_of(who.bytes, i)) i++;
		if (i == r.bits) return true;
	}
	return false;
}
