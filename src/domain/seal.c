/* seal.c - one value: sealed, opened, digested. OpenSSL's EVP throughout. */
#include "domain/seal_parts.h"

#include "base/buf.h"
#include "base/log.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

enum {
	GCM_NONCE = 12, GCM_TAG = 16, CTR_NONCE = 16, SM3_TAG = 32, SM4_KEY = 16,
	B64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING,
	PLAIN_MAX = 4096,
};

static const struct str version = S_("zs1.");

bool seal_is_sealed(struct str text) {
	return str_starts(text, version);
}

bool seal_key_of(struct str sealed, int64_t *id) {
	if (!seal_is_sealed(sealed)) return false;
	struct str rest = str_sub(sealed, version.n, sealed.n), no;
	return str_split(&rest, '.', &no) && str_int(no, id) && *id > 0;
}

/* ---- hashes ---- */

/* HMAC over parts, each with its length before it. */
static bool mac_parts(const char *digest, const unsigned char *key, size_t key_n, const struct str *parts, size_t n, unsigned char out[32]) {
	char name[8];
	(void)snprintf(name, sizeof name, "%s", digest);
	const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", name, 0), OSSL_PARAM_construct_end()};
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *m = mac ? EVP_MAC_CTX_new(mac) : NULL;
	size_t got = 0;
	bool ok = m && EVP_MAC_init(m, key, key_n, params);
	for (size_t i = 0; i < n && ok; i++) {
		unsigned char len[8];
		for (int b = 0; b < 8; b++) len[b] = (unsigned char)((uint64_t)parts[i].n >> (56 - 8 * b));
		ok = EVP_MAC_update(m, len, sizeof len) && (!parts[i].n || EVP_MAC_update(m, (const unsigned char *)parts[i].p, parts[i].n));
	}
	ok = ok && EVP_MAC_final(m, out, &got, 32) && got == 32;
	EVP_MAC_CTX_free(m);
	EVP_MAC_free(mac);
	return ok;
}

/* A key for one use out of the file's key. */
static bool derive(const struct seal_key *k, struct str use, unsigned char out[32]) {
	return mac_parts("SHA256", k->bytes, KEY_BYTES, &use, 1, out);
}

struct str seal_digest(struct ctx *ctx, struct str what, struct str text) {
	struct seal_key k;
	unsigned char raw[32];
	struct buf b = {.arena = ctx->arena};
	const struct str parts[] = {what, text};
	if (!ctx->app->seal || !seal_ring_find(ctx->app->seal, 0, &k)) return S("");
	if (mac_parts("SHA256", k.bytes, KEY_BYTES, parts, 2, raw)) buf_hex(&b, raw, sizeof raw);
	sodium_memzero(&k, sizeof k);
	return buf_str(&b);
}

/* ---- the two ways ---- */

struct cipher {
	EVP_CIPHER *cipher;
	EVP_CIPHER_CTX *ctx;
};

static bool cipher_open(struct cipher *c, const char *name, const unsigned char *key, const unsigned char *nonce, int is_encrypt) {
	c->cipher = EVP_CIPHER_fetch(NULL, name, NULL);
	c->ctx = c->cipher ? EVP_CIPHER_CTX_new() : NULL;
	return c->ctx && EVP_CipherInit_ex2(c->ctx, c->cipher, key, nonce, is_encrypt, NULL);
}

static void cipher_close(struct cipher *c) {
	EVP_CIPHER_CTX_free(c->ctx);
	EVP_CIPHER_free(c->cipher);
}

static bool update(struct cipher *c, unsigned char *out, struct str in) {
	int n = 0;
	return !in.n || (EVP_CipherUpdate(c->ctx, out, &n, (const unsigned char *)in.p, (int)in.n) && n == (int)in.n);
}

static bool add_name(struct cipher *c, struct str what) {
	int n = 0;
	return EVP_CipherUpdate(c->ctx, NULL, &n, (const unsigned char *)what.p, (int)what.n) == 1;
}

/* out = nonce, ciphertext, tag */
static bool gcm_seal(const struct seal_key *k, struct str what, struct str text, unsigned char *out) {
	unsigned char key[32];
	struct cipher c = {0};
	int n = 0;
	randombytes_buf(out, GCM_NONCE);
	bool ok = derive(k, S("aes-256-gcm"), key) && cipher_open(&c, "AES-256-GCM", key, out, 1) && add_name(&c, what)
		&& update(&c, out + GCM_NONCE, text) && EVP_CipherFinal_ex(c.ctx, out + GCM_NONCE + text.n, &n)
		&& EVP_CIPHER_CTX_ctrl(c.ctx, EVP_CTRL_AEAD_GET_TAG, GCM_TAG, out + GCM_NONCE + text.n);
	cipher_close(&c);
	sodium_memzero(key, sizeof key);
	return ok;
}

static bool gcm_open(const struct seal_key *k, struct str what, struct str raw, unsigned char *out) {
	unsigned char key[32], tag[GCM_TAG];
	struct cipher c = {0};
	int n = 0;
	struct str text = str_sub(raw, GCM_NONCE, raw.n - GCM_NONCE - GCM_TAG);
	memcpy(tag, raw.p + raw.n - GCM_TAG, GCM_TAG);
	bool ok = derive(k, S("aes-256-gcm"), key) && cipher_open(&c, "AES-256-GCM", key, (const unsigned char *)raw.p, 0)
		&& add_name(&c, what) && update(&c, out, text)
		&& EVP_CIPHER_CTX_ctrl(c.ctx, EVP_CTRL_AEAD_SET_TAG, GCM_TAG, tag) && EVP_CipherFinal_ex(c.ctx, out + text.n, &n);
	cipher_close(&c);
	sodium_memzero(key, sizeof key);
	return ok;
}

static bool ctr(const struct seal_key *k, const unsigned char *nonce, struct str in, unsigned char *out) {
	unsigned char key[32];
	struct cipher c = {0};
	bool ok = derive(k, S("sm4-ctr"), key) && cipher_open(&c, "SM4-CTR", key, nonce, 1) && update(&c, out, in);
	cipher_close(&c);
	sodium_memzero(key, sizeof key);
	return ok;
}

static bool sm3_tag(const struct seal_key *k, struct str what, struct str body, unsigned char tag[SM3_TAG]) {
	unsigned char key[32];
	const struct str parts[] = {what, body};
	bool ok = derive(k, S("hmac-sm3"), key) && mac_parts("SM3", key, sizeof key, parts, 2, tag);
	sodium_memzero(key, sizeof key);
	return ok;
}

static bool sm_seal(const struct seal_key *k, struct str what, struct str text, unsigned char *out) {
	randombytes_buf(out, CTR_NONCE);
	return ctr(k, out, text, out + CTR_NONCE)
		&& sm3_tag(k, what, (struct str){(const char *)out, CTR_NONCE + text.n}, out + CTR_NONCE + text.n);
}

static bool sm_open(const struct seal_key *k, struct str what, struct str raw, unsigned char *out) {
	unsigned char tag[SM3_TAG];
	struct str body = str_sub(raw, 0, raw.n - SM3_TAG);
	return sm3_tag(k, what, body, tag) && !CRYPTO_memcmp(tag, raw.p + body.n, SM3_TAG)
		&& ctr(k, (const unsigned char *)raw.p, str_sub(body, CTR_NONCE, body.n), out);
}

static const struct way {
	size_t more; /* bytes beside the text */
	bool (*seal)(const struct seal_key *k, struct str what, struct str text, unsigned char *out);
	bool (*open)(const struct seal_key *k, struct str what, struct str raw, unsigned char *out);
} ways[SEAL_KIND__N] = {
	[SEAL_AES256_GCM] = {GCM_NONCE + GCM_TAG, gcm_seal, gcm_open},
	[SEAL_SM4_CTR_HMAC_SM3] = {CTR_NONCE + SM3_TAG, sm_seal, sm_open},
};

bool seal_with(struct arena *a, const struct seal_key *k, struct str what, struct str text, struct str *out) {
	const struct way *w = &ways[k->kind];
	if (!w->seal || text.n > PLAIN_MAX) return false;
	size_t n = text.n + w->more, room = sodium_base64_encoded_len(n, B64);
	unsigned char *raw = arena_alloc(a, n);
	char *encoded = arena_alloc(a, room);
	struct buf b = {.arena = a};
	if (!w->seal(k, what, text, raw) || !sodium_bin2base64(encoded, room, raw, n, B64)) return false;
	buf_add(&b, version);
	buf_int(&b, k->id);
	buf_byte(&b, '.');
	buf_c(&b, encoded);
	*out = buf_str(&b);
	return true;
}

bool open_with(struct arena *a, const struct seal_key *k, struct str what, struct str sealed, struct str *out) {
	const struct way *w = &ways[k->kind];
	struct str rest = str_sub(sealed, version.n, sealed.n), no;
	size_t n = 0;
	if (!w->open || !str_split(&rest, '.', &no) || rest.n > 2 * PLAIN_MAX) return false;
	unsigned char *raw = arena_alloc(a, rest.n + 1), *plain = arena_alloc(a, rest.n + 1);
	if (sodium_base642bin(raw, rest.n, rest.p, rest.n, NULL, &n, NULL, B64) || n < w->more) return false;
	if (!w->open(k, what, (struct str){(const char *)raw, n}, plain)) return false;
	*out = (struct str){(const char *)plain, n - w->more};
	return true;
}

/* ---- with the app's keys ---- */

enum err seal_text(struct ctx *ctx, struct str what, struct str text, struct str *out) {
	struct seal_key k;
	*out = text;
	if (!text.n || seal_is_sealed(text)) return ERR_OK;
	if (!ctx->app->seal || !seal_ring_current(ctx->app->seal, &k))
		return fail(ctx, ERR_STORE, what, S("seal_key_missing"));
	bool ok = seal_with(ctx->arena, &k, what, text, out);
	sodium_memzero(&k, sizeof k);
	return ok ? ERR_OK : fail(ctx, ERR_STORE, what, S("seal_failed"));
}

/* A number that is not known here may be that of a key another process has just made. */
static bool find_key(struct seal *s, int64_t id, struct seal_key *k) {
	if (seal_ring_find(s, id, k)) return true;
	seal_ring_reload(s);
	return seal_ring_find(s, id, k);
}

enum err seal_open(struct ctx *ctx, struct str what, struct str sealed, struct str *out) {
	struct seal_key k;
	int64_t id;
	*out = sealed;
	if (!seal_is_sealed(sealed)) return ERR_OK;
	if (!ctx->app->seal) return fail(ctx, ERR_STORE, what, S("seal_key_missing"));
	bool ok = seal_key_of(sealed, &id) && find_key(ctx->app->seal, id, &k);
	if (ok) {
		ok = open_with(ctx->arena, &k, what, sealed, out);
		sodium_memzero(&k, sizeof k);
	}
	return ok ? ERR_OK : fail(ctx, ERR_STORE, what, S("seal_damaged"));
}

enum err record_open(struct ctx *ctx, const struct noun *n, void *rec) {
	for (size_t i = 0; i < n->fields_n; i++) {
		const struct field *f = &n->fields[i];
		if (!(f->flags & FIELD_SEALED)) continue;
		struct str *member = (struct str *)(void *)((char *)rec + f->offset);
		enum err e = seal_open(ctx, f->name, *member, member);
		if (e) return e;
	}
	return ERR_OK;
}
