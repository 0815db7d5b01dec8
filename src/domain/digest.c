#include "domain/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

struct str sha256_hex(struct arena *a, struct str bytes) {
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	struct buf b = {.arena = a};
	if (EVP_Digest(bytes.p ? bytes.p : "", bytes.n, hash, &n, EVP_sha256(), NULL) != 1) return S("");
	buf_hex(&b, hash, n);
	return buf_str(&b);
}

struct str hmac_sha256_hex(struct arena *a, struct str key, struct str text) {
	unsigned char mac[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	struct buf b = {.arena = a};
	if (!HMAC(EVP_sha256(), key.p, (int)key.n, (const unsigned char *)text.p, text.n, mac, &n)) return S("");
	buf_hex(&b, mac, n);
	return buf_str(&b);
}

struct digest {
	EVP_MD_CTX *md;
	bool is_ok;
};

static void close_digest(void *it) {
	struct digest *d = it;
	EVP_MD_CTX_free(d->md);
}

struct digest *digest_new(struct arena *a) {
	struct digest *d = arena_alloc(a, sizeof *d);
	d->md = EVP_MD_CTX_new();
	d->is_ok = d->md && EVP_DigestInit_ex(d->md, EVP_sha256(), NULL) == 1;
	arena_defer(a, close_digest, d);
	return d;
}

void digest_add(struct digest *d, struct str bytes) {
	d->is_ok = d->is_ok && (!bytes.n || EVP_DigestUpdate(d->md, bytes.p, bytes.n) == 1);
}

struct str digest_end(struct digest *d, struct arena *a) {
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	struct buf b = {.arena = a};
	if (!d->is_ok || EVP_DigestFinal_ex(d->md, hash, &n) != 1) return S("");
	buf_hex(&b, hash, n);
	return buf_str(&b);
}
