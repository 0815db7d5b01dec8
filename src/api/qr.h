/* qr.h - a text as a QR code: the dark squares as one SVG path, so that a page needs no inline style. */
#ifndef API_QR_H
#define API_QR_H

#include "base/json.h"

/* Member `key`: {"size":33,"path":"M0 0h7v1h-7z..."} for a viewBox of size by size; null when the text is
 * too long for a code. */
void qr_put(struct json *j, const char *key, struct str text);

#endif
