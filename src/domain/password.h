/* password.h - rules, hashing and one-time passwords.
 *
 * argon2id (libsodium), 64 MiB and 2 passes, at most `most_at_once` at a time, so that a burst of
 * log-ins cannot take the machine's memory. Each call takes some 80 ms: on a pool thread, never in a
 * write job. Rules by the city's profile (policy.h): ASVS2 (after NIST SP 800-63B) asks for length only
 * and never for a change; DENGBAO3 for ten characters of three kinds and a change every 90 days. In both
 * common passwords and words of the context are refused; nothing is cut off or changed. */
#ifndef DOMAIN_PASSWORD_H
#define DOMAIN_PASSWORD_H

#include "domain/policy.h"

enum { PASSWORD_MIN = 8, PASSWORD_MAX = 128, /* code points */ PASSWORD_HISTORY = 5 };

/* Whether a password set then is over the profile's age. */
bool password_is_old(const struct policy *p, int64_t set_at_ms, int64_t now_ms);

/* most_at_once: cores. passes and memory_bytes: 0 = the standard; tests take the library's least. */
struct passwords *passwords_new(int most_at_once, uint64_t passes, size_t memory_bytes);
void passwords_free(struct passwords *p);

/* The string to store: algorithm, parameters, salt and hash. ERR_BUSY when memory is short. */
enum err password_hash(struct ctx *ctx, struct str password, struct str *hash);

/* Whether the password belongs to the hash. An empty hash (unknown login, closed account) takes as
 * long as a real one and never fits. */
bool password_fits(struct ctx *ctx, struct str hash, struct str password);

/* The hash was made with other parameters than today's: make a new one while the password is here. */
bool password_is_stale(struct ctx *ctx, struct str hash);

/* Rules for a new password; words = what is known of its owner (login, name, unit). Chains every
 * failure under `field`. */
enum err password_check(struct ctx *ctx, struct str field, struct str password,
	const struct str *words, size_t words_n);

/* 80 random bits in letters that cannot be mistaken for others: "k7mw-29xq-hd4r-zt5n". Also for
 * the code of the first set-up. */
struct str password_one_time(struct arena *a);

#endif
