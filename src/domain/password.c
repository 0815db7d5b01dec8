#include "domain/password.h"

#include "base/buf.h"
#include "domain/common_passwords.h"

#include <pthread.h>
#include <sodium.h>

struct passwords {
	pthread_mutex_t lock;
	pthread_cond_t freed;
	int free_n;
	unsigned long long passes;
	size_t memory_bytes;
};

struct passwords *passwords_new(int most_at_once, uint64_t passes, size_t memory_bytes) {
	if (sodium_init() < 0) return NULL;
	struct passwords *p = heap_alloc(sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->freed, NULL);
	p->free_n = most_at_once > 0 ? most_at_once : 1;
	p->passes = passes ? passes : crypto_pwhash_OPSLIMIT_INTERACTIVE;
	p->memory_bytes = memory_bytes ? memory_bytes : crypto_pwhash_MEMLIMIT_INTERACTIVE;
	return p;
}

void passwords_free(struct passwords *p) {
	if (!p) return;
	pthread_cond_destroy(&p->freed);
	pthread_mutex_destroy(&p->lock);
	heap_free(p);
}

static void enter(struct passwords *p) {
	pthread_mutex_lock(&p->lock);
	while (p->free_n == 0) pthread_cond_wait(&p->freed, &p->lock);
	p->free_n--;
	pthread_mutex_unlock(&p->lock);
}

static void leave(struct passwords *p) {
	pthread_mutex_lock(&p->lock);
	p->free_n++;
	pthread_cond_signal(&p->freed);
	pthread_mutex_unlock(&p->lock);
}

static bool make(struct passwords *p, struct str password, char out[crypto_pwhash_STRBYTES]) {
	enter(p);
	int bad = crypto_pwhash_str(out, password.n ? password.p : "", password.n, p->passes, p->memory_bytes);
	leave(p);
	return !bad;
}

enum err password_hash(struct ctx *ctx, struct str password, struct str *hash) {
	char out[crypto_pwhash_STRBYTES];
	if (!make(ctx->app->passwords, password, out)) return fail(ctx, ERR_BUSY, S(""), S("memory_short"));
	*hash = str_copy(ctx->arena, str_c(out));
	return ERR_OK;
}

bool password_fits(struct ctx *ctx, struct str hash, struct str password) {
	struct passwords *p = ctx->app->passwords;
	char out[crypto_pwhash_STRBYTES];
	if (!hash.n) {
		(void)make(p, password, out);
		return false;
	}
	const char *stored = str_cstr(ctx->arena, hash);
	enter(p);
	bool fits = crypto_pwhash_str_verify(stored, password.n ? password.p : "", password.n) == 0;
	leave(p);
	return fits;
}

bool password_is_stale(struct ctx *ctx, struct str hash) {
	const struct passwords *p = ctx->app->passwords;
	return crypto_pwhash_str_needs_rehash(str_cstr(ctx->arena, hash), p->passes, p->memory_bytes) != 0;
}

/* ---- rules ---- */

enum { DAY_MS = 24 * 3600 * 1000, KINDS = 4 };

static const struct profile {
	size_t min;
	int kinds;             /* of lower case, upper case, digit, other: at least so many */
	int64_t days;          /* then a new one is asked for; 0 = never */
} profile_rules[] = {
	[PROFILE_ASVS2] = {PASSWORD_MIN, 1, 0},
	[PROFILE_DENGBAO3] = {10, 3, 90},
};

bool password_is_old(const struct policy *p, int64_t set_at_ms, int64_t now_ms) {
	int64_t days = profile_rules[p->password_profile].days;
	return days && now_ms > set_at_ms + days * DAY_MS;
}

static int kinds_of(struct str password) {
	bool seen[KINDS] = {false};
	int n = 0;
	for (size_t i = 0; i < password.n; i++) {
		char c = password.p[i];
		int kind = c >= 'a' && c <= 'z' ? 0 : c >= 'A' && c <= 'Z' ? 1 : c >= '0' && c <= '9' ? 2 : 3;
		n += !seen[kind];
		seen[kind] = true;
	}
	return n;
}

/* What an attacker tries first here: our own name and the city's. */
static const struct str context_words[] = {
	S_("zhaoyin"), S_("招引"), S_("zhaoshang"), S_("招商"), S_("weifang"), S_("潍坊"),
};

static bool is_common(struct arena *a, struct str password) {
	struct str lower = str_lower(a, password);
	size_t lo = 0, hi = common_passwords_n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = str_cmp(common_passwords[mid], lower);
		if (order == 0) return true;
		if (order < 0) lo = mid + 1;
		else hi = mid;
	}
	return false;
}

/* Code points that stay when every `word` is taken out. A long sentence may hold the city's name; a
 * password that is little more than the name may not. */
static size_t left_without(struct str text, struct str word) {
	size_t n = 0;
	while (text.n) {
		if (str_starts(text, word)) {
			text = str_sub(text, word.n, text.n);
			continue;
		}
		str_next(&text);
		n++;
	}
	return n;
}

static bool leans_on(struct arena *a, struct str password, struct str word) {
	struct str lower = str_lower(a, password), w = str_lower(a, word);
	return str_cp_count(w) >= 2 && str_has(lower, w) && left_without(lower, w) < PASSWORD_MIN;
}

/* "aaaaaaaa", "12121212": fewer than four different characters. */
static bool is_plain(struct str password) {
	int32_t seen[3];
	size_t n = 0;
	while (password.n) {
		int32_t cp = str_next(&password);
		size_t i = 0;
		while (i < n && seen[i] != cp) i++;
		if (i < n) continue;
		if (n == 3) return false;
		seen[n++] = cp;
	}
	return true;
}

static void refuse(struct ctx *ctx, struct str field, struct str rule, struct str arg) {
	(void)fail_with(ctx, ERR_INVALID, field, rule, arg, S(""));
}

enum err password_check(struct ctx *ctx, struct str field, struct str password,
		const struct str *words, size_t words_n) {
	const struct error *before = ctx->error;
	size_t n = str_cp_count(password);
	struct policy p;
	enum err e = policy_get(ctx, &p);
	if (e) return e;
	const struct profile *rule = &profile_rules[p.password_profile];
	if (!str_is_utf8(password)) refuse(ctx, field, S("not_utf8"), S(""));
	if (n < rule->min) refuse(ctx, field, S("too_short"), str_of_int(ctx->arena, (int64_t)rule->min));
	if (n > PASSWORD_MAX) refuse(ctx, field, S("too_long"), str_of_int(ctx->arena, PASSWORD_MAX));
	if (ctx->error != before) return ctx->error->code;
	if (kinds_of(password) < rule->kinds)
		refuse(ctx, field, S("password_kinds"), str_of_int(ctx->arena, rule->kinds));
	if (is_common(ctx->arena, password) || is_plain(password))
		refuse(ctx, field, S("password_common"), S(""));
	for (size_t i = 0; i < sizeof context_words / sizeof *context_words; i++)
		if (leans_on(ctx->arena, password, context_words[i]))
			refuse(ctx, field, S("password_context"), context_words[i]);
	for (size_t i = 0; i < words_n; i++)
		if (leans_on(ctx->arena, password, words[i])) refuse(ctx, field, S("password_context"), words[i]);
	return ctx->error == before ? ERR_OK : ctx->error->code;
}

/* ---- one-time passwords ---- */

struct str password_one_time(struct arena *a) {
	static const char letters[] = "23456789abcdefghijkmnpqrstuvwxyz"; /* 32: five bits each, no 0 1 l o */
	struct buf b = {.arena = a};
	unsigned char random[16];
	randombytes_buf(random, sizeof random);
	for (size_t i = 0; i < sizeof random; i++) {
		if (i && i % 4 == 0) buf_byte(&b, '-');
		buf_byte(&b, letters[random[i] & 31]);
	}
	sodium_memzero(random, sizeof random);
	return buf_str(&b);
}
