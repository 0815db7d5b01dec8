#include "domain/digest.h"

#include <openssl/evp.h>

struct str sha256_hex(struct arena *a, struct str bytes) {
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	struct buf b = {.arena = a};
	if (EVP_Digest(bytes.p ? bytes.p : "", bytes.n, hash, &n, EVP_sha256(), NULL) != 1) return S("");
	buf_hex(&b, hash, n);
	return buf_str(&b);
}
