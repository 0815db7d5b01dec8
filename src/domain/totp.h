/* totp.h - one-time codes by time (RFC 6238 on RFC 4226): HMAC-SHA1, steps of 30 s, six digits, as every
 * authenticator app knows them. */
#ifndef DOMAIN_TOTP_H
#define DOMAIN_TOTP_H

#include "base/str.h"

enum { TOTP_STEP_MS = 30000, TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_WINDOW = 1 };

/* The code of a step; -1 when the library fails. */
int32_t totp_code(struct str secret, int64_t step);

/* The step within the window around now that `code` belongs to and that comes after last_step;
 * -1 = none. All steps are tried, whatever fits. */
int64_t totp_find(struct str secret, struct str code, int64_t now_ms, int64_t last_step);

bool totp_is_code(struct str text);                         /* six digits */
struct str base32(struct arena *a, struct str bytes);       /* RFC 4648 without padding */

#endif
