/* digest.h - SHA-256 of bytes as 64 lower-case hex digits: names of files by content, request hashes. */
#ifndef DOMAIN_DIGEST_H
#define DOMAIN_DIGEST_H

#include "base/buf.h"

enum { SHA256_HEX = 64 };

/* Empty only when the crypto library fails. */
struct str sha256_hex(struct arena *a, struct str bytes);

/* HMAC-SHA256, as hex; empty only when the crypto library fails. */
struct str hmac_sha256_hex(struct arena *a, struct str key, struct str text);

/* The same of what comes in pieces; lives in the arena. The end is empty when the library failed. */
struct digest;
struct digest *digest_new(struct arena *a);
void digest_add(struct digest *d, struct str bytes);
struct str digest_end(struct digest *d, struct arena *a);

#endif
