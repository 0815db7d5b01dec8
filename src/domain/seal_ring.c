/* seal_ring.c - the keys in memory and the lines of their file. */
#include "domain/seal_parts.h"

#include "base/buf.h"

#include <sodium.h>
#include <string.h>

static const struct str names[SEAL_KIND__N] = {
	[SEAL_DIGEST] = S_("DIGEST"), [SEAL_AES256_GCM] = S_("AES256_GCM"),
	[SEAL_SM4_CTR_HMAC_SM3] = S_("SM4_CTR_HMAC_SM3"),
};

struct str seal_kind_name(enum seal_kind k) {
	return names[k];
}

static bool kind_of(struct str name, enum seal_kind *out) {
	for (int k = 0; k < SEAL_KIND__N; k++)
		if (str_eq(names[k], name)) {
			*out = (enum seal_kind)k;
			return true;
		}
	return false;
}

/* "1 AES256_GCM 0123..": the digest key is number 0, and only that. */
static bool parse_line(struct str line, struct seal_key *k) {
	struct str rest = line, id, kind, hex;
	size_t n = 0;
	bool is_whole = str_split(&rest, ' ', &id) && str_split(&rest, ' ', &kind) && str_split(&rest, ' ', &hex) && !rest.n;
	if (!is_whole || !str_int(id, &k->id) || k->id < 0 || !kind_of(kind, &k->kind)) return false;
	if ((k->id == 0) != (k->kind == SEAL_DIGEST) || hex.n != 2 * KEY_BYTES) return false;
	return !sodium_hex2bin(k->bytes, KEY_BYTES, hex.p, hex.n, NULL, &n, NULL) && n == KEY_BYTES;
}

static struct seal_key *look(struct seal *s, int64_t id) {
	for (size_t i = 0; i < s->n; i++)
		if (s->keys[i].id == id) return &s->keys[i];
	return NULL;
}

static bool add_line(struct seal *s, struct str line) {
	struct seal_key k;
	if (!parse_line(line, &k)) return false;
	const struct seal_key *same = look(s, k.id);
	bool ok = same ? same->kind == k.kind && sodium_memcmp(same->bytes, k.bytes, KEY_BYTES) == 0 : s->n < SEAL_KEYS_MAX;
	if (ok && !same) s->keys[s->n++] = k;
	sodium_memzero(&k, sizeof k);
	return ok;
}

bool seal_ring_add(struct seal *s, struct str text) {
	struct str rest = text, line;
	bool ok = true;
	pthread_mutex_lock(&s->lock);
	while (ok && str_split(&rest, '\n', &line))
		if (str_trim(line).n) ok = add_line(s, str_trim(line));
	pthread_mutex_unlock(&s->lock);
	return ok;
}

bool seal_ring_find(struct seal *s, int64_t id, struct seal_key *out) {
	pthread_mutex_lock(&s->lock);
	const struct seal_key *k = look(s, id);
	if (k) *out = *k;
	pthread_mutex_unlock(&s->lock);
	return k != NULL;
}

bool seal_ring_current(struct seal *s, struct seal_key *out) {
	bool has = false;
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->n; i++) {
		if (s->keys[i].kind == SEAL_DIGEST || (has && s->keys[i].id < out->id)) continue;
		*out = s->keys[i];
		has = true;
	}
	pthread_mutex_unlock(&s->lock);
	return has;
}

void seal_ring_reload(struct seal *s) {
	struct arena a = {0};
	struct str text, why;
	if (s->path[0] && !key_file_read(&a, str_c(s->path), SEAL_FILE_MAX, &text, &why)) {
		(void)seal_ring_add(s, text);
		key_text_wipe(text);
	}
	arena_release(&a);
}

struct str seal_ring_text(struct seal *s, struct arena *a) {
	struct buf b = {.arena = a};
	buf_reserve(&b, SEAL_FILE_MAX); /* one piece, so that wiping it wipes all */
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->n; i++) {
		buf_int(&b, s->keys[i].id);
		buf_byte(&b, ' ');
		buf_add(&b, names[s->keys[i].kind]);
		buf_byte(&b, ' ');
		buf_hex(&b, s->keys[i].bytes, KEY_BYTES);
		buf_byte(&b, '\n');
	}
	pthread_mutex_unlock(&s->lock);
	return buf_str(&b);
}

struct seal *seal_new(struct str text, struct str path) {
	struct seal_key k;
	struct seal *s = heap_alloc(sizeof *s);
	pthread_mutex_init(&s->lock, NULL);
	if (path.n < sizeof s->path && path.n) memcpy(s->path, path.p, path.n);
	bool ok = path.n < sizeof s->path && seal_ring_add(s, text) && look(s, 0) && seal_ring_current(s, &k);
	sodium_memzero(&k, sizeof k);
	if (ok) return s;
	seal_free(s);
	return NULL;
}

void seal_free(struct seal *s) {
	if (!s) return;
	pthread_mutex_destroy(&s->lock);
	sodium_memzero(s, sizeof *s);
	heap_free(s);
}
