#include "api/qr.h"

#include "base/arena.h"
#include "base/buf.h"

#include <qrencode.h>

static bool is_dark(const QRcode *q, int x, int y) {
	return x < q->width && (q->data[y * q->width + x] & 1);
}

/* Runs of dark squares in a row are one rectangle. */
static void put_row(struct buf *b, const QRcode *q, int y) {
	for (int x = 0; x < q->width; x++) {
		int from = x;
		while (is_dark(q, x, y)) x++;
		if (x == from) continue;
		buf_byte(b, 'M');
		buf_int(b, from);
		buf_byte(b, ' ');
		buf_int(b, y);
		buf_byte(b, 'h');
		buf_int(b, x - from);
		buf_c(b, "v1h-");
		buf_int(b, x - from);
		buf_byte(b, 'z');
	}
}

void qr_put(struct json *j, const char *key, struct str text) {
	struct buf path = {.arena = j->out->arena};
	QRcode *q = QRcode_encodeString8bit(str_cstr(j->out->arena, text), 0, QR_ECLEVEL_M);
	json_key(j, str_c(key));
	if (!q) {
		json_nil(j);
		return;
	}
	for (int y = 0; y < q->width; y++) put_row(&path, q, y);
	json_obj(j);
	json_put_int(j, "size", q->width);
	json_put_str(j, "path", buf_str(&path));
	json_end(j);
	QRcode_free(q);
}
