#include "domain/session.h"

#include "domain/audit.h"
#include "domain/factor.h"
#include "domain/password.h"
#include "domain/project.h"
#include "domain/rights.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum {
	SETS = 1024, WAYS = 8,          /* of the cache: 8,192 sessions; one that has no place is read again */
	HOLD_MS = 2000,
	HASH_BYTES = 32,
	KEPT_DAYS = 30,                 /* of rows that ended */
	AGENT_MAX = 200,
};

/* What the cache knows of a session; texts inside, so that nothing is allocated. */
struct entry {
	unsigned char key[HASH_BYTES];
	bool is_used;
	bool must_change_password, is_password_old, must_enrol;
	enum role role;                 /* PUBLIC: none chosen, or not in force */
	enum secrecy clearance;         /* on that day */
	int32_t day;                    /* the assignment was in force on this day */
	int64_t id, account_id, assignment_id, subject_id;
	int64_t created_at_ms, seen_at_ms;
	int64_t written_at_ms;          /* seen_at_ms as the database has it */
	int64_t read_at_ms;             /* when all this was read */
	char login[LOGIN_MAX], scope[SCOPE_MAX];
	size_t login_n, scope_n;
};

struct sessions {
	pthread_mutex_t lock;
	pthread_cond_t written;
	int notes;                      /* of last requests, on their way to the database */
	int64_t hold_until_ms;          /* until then nothing is kept */
	struct entry entries[SETS][WAYS];
};

struct sessions *sessions_new(void) {
	if (sodium_init() < 0) return NULL;
	struct sessions *s = heap_alloc(sizeof *s);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->written, NULL);
	return s;
}

void sessions_settle(struct sessions *s) {
	pthread_mutex_lock(&s->lock);
	while (s->notes) pthread_cond_wait(&s->written, &s->lock);
	pthread_mutex_unlock(&s->lock);
}

void sessions_free(struct sessions *s) {
	if (!s) return;
	sessions_settle(s);
	pthread_cond_destroy(&s->written);
	pthread_mutex_destroy(&s->lock);
	heap_free(s);
}

/* ---- tokens ---- */

static struct str token_new(struct arena *a) {
	unsigned char raw[TOKEN_BYTES];
	char text[sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	randombytes_buf(raw, sizeof raw);
	sodium_bin2base64(text, sizeof text, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	struct str token = str_copy(a, str_c(text));
	sodium_memzero(raw, sizeof raw);
	sodium_memzero(text, sizeof text);
	return token;
}

/* Only what we can have given out is looked up at all. */
static bool token_key(struct str token, unsigned char key[HASH_BYTES]) {
	if (token.n != sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING) - 1)
		return false;
	return crypto_generichash(key, HASH_BYTES, (const unsigned char *)token.p, token.n, NULL, 0) == 0;
}

static struct str key_hex(struct arena *a, const unsigned char key[HASH_BYTES]) {
	struct buf b = {.arena = a};
	buf_hex(&b, key, HASH_BYTES);
	return buf_str(&b);
}

/* ---- the cache; all under its lock ---- */

static struct entry *set_of(struct sessions *s, const unsigned char key[HASH_BYTES]) {
	return s->entries[(key[0] | key[1] << 8) % SETS];
}

static struct entry *look(struct sessions *s, const unsigned char key[HASH_BYTES]) {
	struct entry *set = set_of(s, key);
	for (int i = 0; i < WAYS; i++)
		if (set[i].is_used && memcmp(set[i].key, key, HASH_BYTES) == 0) return &set[i];
	return NULL;
}

/* The entry's own place, a free one, or that of the session that was idle longest. */
static struct entry *place_for(struct sessions *s, const unsigned char key[HASH_BYTES]) {
	struct entry *place = look(s, key), *set = set_of(s, key);
	for (int i = 0; i < WAYS && !place; i++)
		if (!set[i].is_used) place = &set[i];
	if (place) return place;
	place = set;
	for (int i = 1; i < WAYS; i++)
		if (set[i].seen_at_ms < place->seen_at_ms) place = &set[i];
	return place;
}

static bool is_over(const struct entry *e, int64_t now_ms) {
	return now_ms >= e->seen_at_ms + SESSION_IDLE_MS || now_ms >= e->created_at_ms + SESSION_LIFE_MS;
}

static bool is_fresh(const struct entry *e, const struct ctx *ctx) {
	return ctx->now_ms < e->read_at_ms + SESSION_KEEP_MS && ctx->now_ms >= e->read_at_ms
		&& e->day == ctx->today;
}

void sessions_forget_account(struct app *app, int64_t account_id) {
	struct sessions *s = app->sessions;
	if (!s) return;
	int64_t hold = app->clock() + HOLD_MS;
	pthread_mutex_lock(&s->lock);
	if (hold > s->hold_until_ms) s->hold_until_ms = hold;
	for (int i = 0; i < SETS; i++)
		for (int k = 0; k < WAYS; k++)
			if (s->entries[i][k].account_id == account_id) s->entries[i][k].is_used = false;
	pthread_mutex_unlock(&s->lock);
}

/* ---- reading ---- */

/* Of a row of session_by_token; the role counts only while its assignment is in force. */
static void entry_role(struct entry *e, const struct rows *r, const struct ctx *ctx) {
	struct assignment g = {.ended_at_ms = rows_is_null(r, 12) ? NONE : rows_int(r, 12)};
	enum role role;
	e->role = ROLE_PUBLIC;
	if (rows_is_null(r, 7) || !role_of(rows_text(r, 7), &role)) return;
	(void)day_parse(rows_text(r, 10), &g.valid_from_date);
	(void)day_parse(rows_text(r, 11), &g.valid_to_date);
	struct str scope = rows_text(r, 8);
	if (!assignment_is_in_force(&g, ctx->today) || scope.n > SCOPE_MAX) return;
	e->role = role;
	e->assignment_id = rows_int(r, 2);
	e->subject_id = rows_int(r, 9);
	e->scope_n = scope.n;
	if (scope.n) memcpy(e->scope, scope.p, scope.n);
}

static void entry_clearance(struct entry *e, const struct rows *r, const struct ctx *ctx) {
	static const struct field codes = {.choices = secrecies, .choices_n = SECRECY__N};
	struct account a = {.clearance = choice_index(&codes, rows_text(r, 14)), .clearance_until_date = DAY_NONE};
	(void)day_parse(rows_text(r, 15), &a.clearance_until_date);
	e->clearance = clearance_of(&a, e->role, ctx->today);
}

/* What the city asks of this account beside its password. */
static enum err entry_policy(struct ctx *ctx, int64_t password_at_ms, struct entry *e) {
	struct policy p;
	enum err err = policy_get(ctx, &p);
	if (err) return err;
	e->is_password_old = password_is_old(&p, password_at_ms, ctx->now_ms);
	return factor_is_due(ctx, e->account_id, e->role, &e->must_enrol);
}

static enum err no_session(struct ctx *ctx) {
	return fail(ctx, ERR_UNAUTHENTICATED, S(""), S("login_first"));
}

/* known: what memory has of it, if anything: its last request may not be written down yet. */
static enum err read_entry(struct ctx *ctx, const unsigned char key[HASH_BYTES],
		const struct entry *known, struct entry *out) {
	struct rows *r;
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_SESSION_BY_TOKEN, &r, VT(key_hex(ctx->arena, key)));
	if (e) return fail_store(ctx, e);
	bool has = rows_next(r);
	int64_t password_at_ms = 0;
	*out = (struct entry){.is_used = has, .read_at_ms = ctx->now_ms, .day = ctx->today};
	memcpy(out->key, key, HASH_BYTES);
	if (has) {
		struct str login = str_sub(rows_text(r, 5), 0, LOGIN_MAX);
		out->id = rows_int(r, 0);
		out->account_id = rows_int(r, 1);
		out->created_at_ms = rows_int(r, 3);
		out->seen_at_ms = out->written_at_ms = rows_int(r, 4);
		out->must_change_password = rows_int(r, 6) != 0;
		out->login_n = login.n;
		memcpy(out->login, login.p, login.n);
		entry_role(out, r, ctx);
		entry_clearance(out, r, ctx);
		password_at_ms = rows_int(r, 13);
	}
	e = rows_error(r);
	rows_done(r);
	if (e) return fail_store(ctx, e);
	if (has && (e = entry_policy(ctx, password_at_ms, out))) return e;
	if (known->is_used && known->seen_at_ms > out->seen_at_ms) out->seen_at_ms = known->seen_at_ms;
	if (known->is_used && known->written_at_ms > out->written_at_ms)
		out->written_at_ms = known->written_at_ms;
	return has && !is_over(out, ctx->now_ms) ? ERR_OK : no_session(ctx);
}

/* The last request is written down now and then, by a job that nobody waits for. */
struct seen {
	struct sessions *sessions;
	int64_t id, at_ms;
};

static enum err write_seen(struct db *db, void *arg) {
	const struct seen *n = arg;
	return DB_RUN(db, Q_SESSION_SEEN, VI(n->id), VI(n->at_ms));
}

static void count_notes(struct sessions *s, int by) {
	pthread_mutex_lock(&s->lock);
	s->notes += by;
	if (!s->notes) pthread_cond_broadcast(&s->written);
	pthread_mutex_unlock(&s->lock);
}

static void seen_done(enum err e, void *arg) {
	struct seen *n = arg;
	(void)e; /* a lost note ends the session a minute early at worst */
	count_notes(n->sessions, -1);
	heap_free(n);
}

static void note_seen(struct ctx *ctx, int64_t id) {
	struct seen *n = heap_alloc(sizeof *n);
	*n = (struct seen){ctx->app->sessions, id, ctx->now_ms};
	count_notes(n->sessions, 1);
	store_write_async(ctx->app->store, write_seen, seen_done, n);
}

/* Marks the request on the entry; true = it is time to write that down. */
static bool touch(struct entry *e, const struct ctx *ctx) {
	int64_t now_ms = ctx->now_ms;
	if (ctx->is_background) return false;
	if (now_ms > e->seen_at_ms) e->seen_at_ms = now_ms;
	if (now_ms < e->written_at_ms + SESSION_SEEN_MS) return false;
	e->written_at_ms = now_ms;
	return true;
}

static void fill(struct ctx *ctx, const struct entry *e, struct session *out) {
	*out = (struct session){
		.actor = {
			.account_id = e->account_id, .login = str_copy(ctx->arena, ((struct str){e->login, e->login_n})),
			.role = e->role, .assignment_id = e->assignment_id,
			.scope = str_copy(ctx->arena, ((struct str){e->scope, e->scope_n})), .subject_id = e->subject_id,
			.session_id = e->id, .clearance = e->clearance,
		},
		.must_change_password = e->must_change_password || e->is_password_old,
		.is_password_old = e->is_password_old, .must_enrol = e->must_enrol, .must_choose_role = e->role == ROLE_PUBLIC,
		.idle_until_ms = e->seen_at_ms + SESSION_IDLE_MS, .ends_at_ms = e->created_at_ms + SESSION_LIFE_MS,
	};
	ctx->actor = out->actor;
}

/* From memory: false = not there or to be read again. *known is the entry, if any. */
static bool find_in_memory(struct ctx *ctx, const unsigned char key[HASH_BYTES],
		struct entry *known, bool *is_note_due) {
	struct sessions *s = ctx->app->sessions;
	pthread_mutex_lock(&s->lock);
	struct entry *e = look(s, key);
	bool is_good = e && is_fresh(e, ctx) && !is_over(e, ctx->now_ms);
	if (is_good) *is_note_due = touch(e, ctx);
	*known = e ? *e : (struct entry){0};
	pthread_mutex_unlock(&s->lock);
	return is_good;
}

static void keep(struct ctx *ctx, const struct entry *e) {
	struct sessions *s = ctx->app->sessions;
	pthread_mutex_lock(&s->lock);
	if (ctx->now_ms >= s->hold_until_ms) *place_for(s, e->key) = *e;
	pthread_mutex_unlock(&s->lock);
}

static void drop(struct ctx *ctx, const unsigned char key[HASH_BYTES]) {
	struct sessions *s = ctx->app->sessions;
	pthread_mutex_lock(&s->lock);
	struct entry *e = look(s, key);
	if (e) e->is_used = false;
	pthread_mutex_unlock(&s->lock);
}

enum err session_find(struct ctx *ctx, struct str token, struct session *out) {
	unsigned char key[HASH_BYTES];
	struct entry e;
	bool is_note_due = false;
	if (!token_key(token, key)) return no_session(ctx);
	if (!find_in_memory(ctx, key, &e, &is_note_due)) {
		const struct entry known = e;
		enum err err = read_entry(ctx, key, &known, &e);
		if (err) {
			drop(ctx, key);
			return err;
		}
		is_note_due = touch(&e, ctx);
		keep(ctx, &e);
	}
	if (is_note_due) note_seen(ctx, e.id);
	fill(ctx, &e, out);
	return ERR_OK;
}

/* ---- opening and changing ---- */

static enum err audit_session(struct ctx *ctx, struct str action, int64_t session_id, struct str diff) {
	return audit_add(ctx, &(struct audit_entry){
		.action = action, .outcome = S("DONE"), .object = S("session"), .object_id = session_id,
		.diff = diff});
}

static enum err insert(struct ctx *ctx, const struct entry *e, struct str user_agent, int64_t *id) {
	struct value v[] = {
		VT(key_hex(ctx->arena, e->key)), VI(e->account_id), e->assignment_id ? VI(e->assignment_id) : VNULL,
		VI(ctx->now_ms), v_text_or_null(ctx->remote), v_text_or_null(str_is_utf8(user_agent) ? str_cp_head(user_agent, AGENT_MAX) : S("")),
	};
	enum err err = DB_RUN(ctx->db, Q_SESSION_PURGE,
		VI(ctx->now_ms - SESSION_LIFE_MS - KEPT_DAYS * INT64_C(86400000)));
	if (!err) err = db_int(ctx->db, Q_SESSION_INSERT, v, 6, id);
	return fail_store(ctx, err);
}

enum err session_open(struct ctx *ctx, const struct account *who, struct str user_agent,
		struct str *token, struct session *out) {
	struct assignment *list;
	size_t n;
	enum err err = assignments_in_force(ctx, who->record.id, &list, &n);
	if (err) return err;
	if (!n) return fail(ctx, ERR_FORBIDDEN, S(""), S("no_assignment"));
	struct actor actor = n == 1 ? actor_of(who, &list[0], ctx->today)
	                            : (struct actor){.account_id = who->record.id, .login = who->login,
		.role = ROLE_PUBLIC};
	struct entry e = {.account_id = who->record.id, .assignment_id = actor.assignment_id, .role = actor.role};
	*token = token_new(ctx->arena);
	if (!token_key(*token, e.key)) return fail(ctx, ERR_STORE, S(""), S("store_failed"));
	if ((err = insert(ctx, &e, user_agent, &actor.session_id))) return err;
	if ((err = entry_policy(ctx, who->password_at_ms, &e))) return err;
	*out = (struct session){
		.actor = actor, .must_change_password = who->must_change_password || e.is_password_old,
		.is_password_old = e.is_password_old, .must_enrol = e.must_enrol, .must_choose_role = n > 1,
		.idle_until_ms = ctx->now_ms + SESSION_IDLE_MS, .ends_at_ms = ctx->now_ms + SESSION_LIFE_MS,
	};
	ctx->actor = actor;
	return ERR_OK;
}

/* {"role":["COUNTY_STAFF","COUNTY_LEADER"]} */
static struct str role_diff(struct ctx *ctx, enum role from, enum role to) {
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	json_obj(&j);
	json_key(&j, S("role"));
	json_arr(&j);
	json_str(&j, role_code(from));
	json_str(&j, role_code(to));
	json_end(&j);
	json_end(&j);
	return buf_str(&b);
}

enum err session_switch(struct ctx *ctx, int64_t assignment_id) {
	struct assignment *list;
	struct account who;
	size_t n, i = 0;
	const struct actor was = ctx->actor;
	if (!was.session_id) return no_session(ctx);
	enum err err = account_by_id(ctx, was.account_id, &who, NULL);
	if (!err) err = assignments_in_force(ctx, was.account_id, &list, &n);
	if (err) return err;
	while (i < n && list[i].record.id != assignment_id) i++;
	if (i == n) return fail(ctx, ERR_NOT_FOUND, S("assignment_id"), S("no_such_role"));
	int64_t changed = 0;
	const struct value v[] = {VI(was.session_id), VI(assignment_id)};
	if ((err = db_run(ctx->db, Q_SESSION_SET_ROLE, v, 2, &changed))) return fail_store(ctx, err);
	if (!changed) return no_session(ctx);
	ctx->actor = actor_of(&who, &list[i], ctx->today);
	ctx->actor.session_id = was.session_id;
	sessions_forget_account(ctx->app, was.account_id);
	return audit_session(ctx, S("role_switch"), was.session_id, role_diff(ctx, was.role, ctx->actor.role));
}

/* ---- ending ---- */

static enum err end_one(struct ctx *ctx, int64_t id, int64_t account_id) {
	sessions_forget_account(ctx->app, account_id);
	return fail_store(ctx, DB_RUN(ctx->db, Q_SESSION_END, VI(id), VI(ctx->now_ms)));
}

enum err session_logout(struct ctx *ctx) {
	const struct actor *who = &ctx->actor;
	if (!who->session_id) return no_session(ctx);
	enum err e = end_one(ctx, who->session_id, who->account_id);
	return e ? e : audit_session(ctx, S("logout"), who->session_id, S(""));
}

static bool may_rule(const struct ctx *ctx, int64_t account_id) {
	return (account_id && account_id == ctx->actor.account_id) || may(ctx, OBJ_ACCOUNT, CAN_UPDATE)
		|| may(ctx, OBJ_SECURITY, CAN_UPDATE);
}

enum err session_end(struct ctx *ctx, int64_t session_id) {
	int64_t owner = 0;
	enum err e = db_int(ctx->db, Q_SESSION_OWNER, &VI(session_id), 1, &owner);
	if (e && e != ERR_NOT_FOUND) return fail_store(ctx, e);
	if (e || !may_rule(ctx, owner)) return fail(ctx, ERR_NOT_FOUND, S("id"), S("no_such_session"));
	if ((e = end_one(ctx, session_id, owner))) return e;
	return audit_session(ctx, S("session_end"), session_id, S(""));
}

enum err session_end_all(struct ctx *ctx, int64_t account_id, int64_t except_session) {
	sessions_forget_account(ctx->app, account_id);
	return fail_store(ctx, DB_RUN(ctx->db, Q_SESSION_END_ALL, VI(account_id), VI(except_session),
		VI(ctx->now_ms)));
}

enum err session_end_account(struct ctx *ctx, int64_t account_id) {
	struct account a;
	if (!may_rule(ctx, account_id)) return need(ctx, OBJ_ACCOUNT, CAN_UPDATE);
	enum err e = account_by_id(ctx, account_id, &a, NULL);
	if (!e) e = session_end_all(ctx, account_id, 0);
	if (e) return e;
	return audit_add(ctx, &(struct audit_entry){
		.action = S("session_end"), .outcome = S("DONE"), .object = S("account"), .object_id = account_id});
}

/* ---- lists ---- */

static void put_session(struct ctx *ctx, const struct rows *r, bool has_owner, struct json *j) {
	json_obj(j);
	if (has_owner) {
		enum role role;
		json_put_int(j, "account_id", rows_int(r, 6));
		json_put_str_or_null(j, "role_label", role_of(rows_text(r, 5), &role) ? role_label(role, ctx->lang) : S(""));
		json_put_str(j, "login", rows_text(r, 7));
		json_put_str(j, "name", rows_text(r, 8));
	}
	json_put_int(j, "id", rows_int(r, 0));
	json_put_int(j, "created_at_ms", rows_int(r, 1));
	json_put_int(j, "seen_at_ms", rows_int(r, 2));
	json_put_str_or_null(j, "remote", rows_text(r, 3));
	json_put_str_or_null(j, "user_agent", rows_text(r, 4));
	json_put_str_or_null(j, "role", rows_text(r, 5));
	json_put_bool(j, "is_current", rows_int(r, 0) == ctx->actor.session_id);
	json_end(j);
}

enum err session_list(struct ctx *ctx, int64_t account_id, struct json *j) {
	struct rows *r;
	if (!may_rule(ctx, account_id)) return need(ctx, OBJ_ACCOUNT, CAN_UPDATE);
	enum err e = DB_QUERY(ctx->db, ctx->arena, Q_SESSION_LIST, &r, VI(account_id),
	                      VI(ctx->now_ms - SESSION_IDLE_MS - SESSION_SEEN_MS), VI(ctx->now_ms - SESSION_LIFE_MS));
	if (e) return fail_store(ctx, e);
	json_arr(j);
	while (rows_next(r)) put_session(ctx, r, false, j);
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

enum err session_list_all(struct ctx *ctx, struct json *j) {
	struct rows *r;
	enum err e = need(ctx, OBJ_SECURITY, CAN_READ);
	if (e) return e;
	e = DB_QUERY(ctx->db, ctx->arena, Q_SESSION_LIST_ALL, &r, VI(ctx->now_ms - SESSION_IDLE_MS - SESSION_SEEN_MS),
	             VI(ctx->now_ms - SESSION_LIFE_MS));
	if (e) return fail_store(ctx, e);
	json_arr(j);
	while (rows_next(r)) put_session(ctx, r, true, j);
	json_end(j);
	e = rows_error(r);
	rows_done(r);
	return fail_store(ctx, e);
}

enum err session_act_as(struct ctx *ctx, struct str login, int64_t assignment_id) {
	struct account who;
	struct assignment *list;
	size_t n, i = 0;
	enum err e = account_by_login(ctx, login_normal(ctx->arena, login), &who, NULL);
	if (!e && who.state != ACCOUNT_ACTIVE)
		e = fail_with(ctx, ERR_CONFLICT, S("login"), S("account_closed"), who.login, S(""));
	if (!e) e = assignments_in_force(ctx, who.record.id, &list, &n);
	if (e) return e;
	if (!n) return fail(ctx, ERR_FORBIDDEN, S(""), S("no_assignment"));
	if (!assignment_id && n > 1) return fail(ctx, ERR_INVALID, S("role"), S("choose_role"));
	while (assignment_id && i < n && list[i].record.id != assignment_id) i++;
	if (i == n) return fail(ctx, ERR_NOT_FOUND, S("role"), S("no_such_role"));
	ctx->actor = actor_of(&who, &list[i], ctx->today);
	return ERR_OK;
}
