/* seal_parts.h - between seal.c (values), seal_ring.c (keys) and seal_rows.c (rows): nobody else's. */
#ifndef DOMAIN_SEAL_PARTS_H
#define DOMAIN_SEAL_PARTS_H

#include "domain/key.h"
#include "domain/seal.h"

#include <pthread.h>

enum { SEAL_KEYS_MAX = 32, SEAL_FILE_MAX = 4096, SEAL_PREFIX_MAX = 24 };

struct seal_key {
	int64_t id;                  /* 0 = the digest key */
	enum seal_kind kind;
	unsigned char bytes[KEY_BYTES];
};

/* Keys are only ever added, under the lock; a rotation by another process is read from the file. */
struct seal {
	pthread_mutex_t lock;
	char path[1024];
	size_t n;
	struct seal_key keys[SEAL_KEYS_MAX];
};

bool seal_ring_find(struct seal *s, int64_t id, struct seal_key *out); /* a copy: wipe it */
bool seal_ring_current(struct seal *s, struct seal_key *out);
bool seal_ring_add(struct seal *s, struct str text);                   /* lines of a key file; keys that are there already must be equal */
void seal_ring_reload(struct seal *s);                                 /* from its file, if it has one */
struct str seal_ring_text(struct seal *s, struct arena *a);            /* as a key file; wipe it */

/* One value with one key. False: the library failed, or it does not open. */
bool seal_with(struct arena *a, const struct seal_key *k, struct str what, struct str text, struct str *out);
bool open_with(struct arena *a, const struct seal_key *k, struct str what, struct str sealed, struct str *out);
bool seal_key_of(struct str sealed, int64_t *id);                      /* the number in a sealed text */

#endif
