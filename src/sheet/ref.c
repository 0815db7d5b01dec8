#include "sheet/ref.h"

/* Letters give the column, digits the row; both from 1. Lengths are bounded first (XFD, 1048576),
 * so nothing overflows. */
bool ref_parse(struct str s, int32_t *row, int32_t *col) {
	int32_t c = 0, r = 0;
	size_t i = 0;
	for (; i < s.n; i++) {
		int up = s.p[i] & ~0x20;
		if (up < 'A' || up > 'Z') break;
		if (i == 3) return false;
		c = c * 26 + (up - 'A' + 1);
	}
	size_t digits = s.n - i;
	if (i == 0 || digits == 0 || digits > 7) return false;
	for (; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') return false;
		r = r * 10 + (s.p[i] - '0');
	}
	if (r < 1 || r > REF_ROWS || c > REF_COLS) return false;
	*row = r - 1;
	*col = c - 1;
	return true;
}

static void order(int32_t *low, int32_t *high) {
	if (*low <= *high) return;
	int32_t t = *low;
	*low = *high;
	*high = t;
}

bool ref_parse_range(struct str s, struct ref_range *out) {
	struct str first;
	struct ref_range r;
	if (!str_split(&s, ':', &first) || !ref_parse(first, &r.top, &r.left)) return false;
	if (!s.p) {
		r.bottom = r.top;
		r.right = r.left;
	} else if (!ref_parse(s, &r.bottom, &r.right)) {
		return false;
	}
	order(&r.top, &r.bottom);
	order(&r.left, &r.right);
	*out = r;
	return true;
}

void buf_col(struct buf *b, int32_t col) {
	char letters[8];
	int n = 0;
	for (col++; col > 0; col = (col - 1) / 26) letters[n++] = (char)('A' + (col - 1) % 26);
	while (n > 0) buf_byte(b, letters[--n]);
}

void buf_ref(struct buf *b, int32_t row, int32_t col) {
	buf_col(b, col);
	buf_int(b, (int64_t)row + 1);
}
