/* digest.h - SHA-256 of bytes as 64 lower-case hex digits: names of files by content, request hashes. */
#ifndef DOMAIN_DIGEST_H
#define DOMAIN_DIGEST_H

#include "base/buf.h"

/* Empty only when the crypto library fails. */
struct str sha256_hex(struct arena *a, struct str bytes);

#endif
