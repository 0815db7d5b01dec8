#include "cli_keep.h"

#include "base/day.h"
#include "base/json.h"
#include "cli_words.h"
#include "domain/backup.h"
#include "domain/invariant.h"
#include "domain/key.h"
#include "domain/seal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEAL_FILE_MAX = 65536 };

/* A command that opens no city of its own: what failures need. */
struct keeper {
	struct arena arena;
	struct app app;
	struct ctx ctx;
	struct str key_path[BACKUP_KEYS];
};

static enum err begin(struct keeper *k, const struct cli_options *o) {
	struct str why = {0};
	*k = (struct keeper){0};
	k->app = (struct app){.clock = now_ms, .fixed_today = o->today};
	ctx_init(&k->ctx, &k->app, &k->arena, NULL);
	k->ctx.lang = o->lang;
	enum err e = key_path(&k->arena, o->db, str_c(getenv("ZHAOYIN_KEY_FILE")), &k->key_path[BACKUP_AUDIT_KEY], &why);
	if (!e) e = seal_path(&k->arena, o->db, str_c(getenv("ZHAOYIN_SEAL_FILE")), &k->key_path[BACKUP_SEAL_KEYS], &why);
	return e ? fail_with(&k->ctx, e, S("key"), S("backup_key"), why, S("")) : ERR_OK;
}

static int end(struct keeper *k, const char *command, enum err e) {
	int status = e ? cli_fail(&k->ctx, command, e) : 0;
	if (k->app.store) store_close(k->app.store);
	seal_free(k->app.seal);
	arena_release(&k->arena);
	return status;
}

static bool has_file(struct keeper *k, struct str path) {
	return access(str_cstr(&k->arena, path), F_OK) == 0;
}

static int show(struct buf *b) {
	fwrite(b->p, 1, b->n, stdout);
	return fflush(stdout);
}

static void put_facts(struct json *j, const struct backup_manifest *m) {
	int64_t rows = 0;
	for (size_t i = 0; i < m->tables_n; i++) rows += m->tables[i].rows;
	json_put_int(j, "schema_version", m->schema_version);
	json_put_int(j, "tables", (int64_t)m->tables_n);
	json_put_int(j, "rows", rows);
	json_put_int(j, "database_bytes", m->database_bytes);
	json_put_str(j, "database_sha256", m->database_sha256);
	json_put_str(j, "audit_head", m->audit_head);
	json_put_int(j, "audit_rows", m->audit_rows);
}

/* ---- backup ---- */

struct backup_args {
	struct str to;
	bool with_keys, is_json;
};
static const struct cli_word backup_words[] = {
	{"--to", offsetof(struct backup_args, to), false}, {"--with-keys", offsetof(struct backup_args, with_keys), true},
	{"--json", offsetof(struct backup_args, is_json), true},
};

static int backup_usage(void) {
	fputs("usage: zhaoyin backup --db FILE|postgres://... --to FILE|FOLDER [--with-keys] [--json]\n", stderr);
	return 2;
}

static void say_backup(struct keeper *k, const struct backup_args *args, struct str made, const struct backup_manifest *m) {
	struct buf b = {.arena = &k->arena};
	struct json j = {.out = &b};
	if (args->is_json) {
		json_obj(&j);
		json_put_str(&j, "file", made);
		json_put_bool(&j, "is_chain_proved", k->app.audit_key.n > 0);
		json_put_bool(&j, "has_keys", m->key_bytes[BACKUP_AUDIT_KEY] > 0);
		put_facts(&j, m);
		json_end(&j);
		buf_byte(&b, '\n');
	} else {
		bool is_en = k->ctx.lang == LANG_EN;
		buf_add(&b, made);
		buf_c(&b, is_en ? "\nread again and proved; audit head " : "\n已重读并验证；审计链头 ");
		buf_add(&b, m->audit_head);
		buf_c(&b, m->key_bytes[BACKUP_AUDIT_KEY] ? is_en ? "\nthe keys are in it: keep it as they are kept\n" : "\n密钥在备份内：按密钥保管这份备份\n"
			: is_en ? "\nno key is in it: keep copies of both key files apart\n" : "\n备份内没有密钥：两个密钥文件须另行保存\n");
	}
	(void)show(&b);
}

static enum err make(struct keeper *k, const struct cli_options *o, const struct backup_args *args) {
	struct str why = {0}, made;
	struct backup_manifest m;
	const struct store_config config = {.url = o->db, .is_as_found = true};
	enum err e = store_open(&k->arena, &config, &k->app.store, &why);
	if (e) return fail_with(&k->ctx, e, S("db"), S("backup_failed"), o->db, why);
	e = key_load(&k->arena, k->key_path[BACKUP_AUDIT_KEY], false, &k->app.audit_key, &why);
	if (e) fprintf(stderr, "zhaoyin backup: %.*s\n", (int)why.n, why.p); /* the chain is then not proved */
	static const struct str no_keys[BACKUP_KEYS];
	e = backup_make(&k->ctx, args->to, args->with_keys ? k->key_path : no_keys, &made, &m);
	if (!e) say_backup(k, args, made, &m);
	return e;
}

int cli_backup(const struct cli_options *o, int argc, char **argv) {
	struct backup_args args = {0};
	struct keeper k;
	if (!cli_words(argc, argv, 1, backup_words, sizeof backup_words / sizeof *backup_words, &args, NULL, 0, NULL) || !args.to.n)
		return backup_usage();
	enum err e = begin(&k, o);
	return end(&k, "backup", e ? e : make(&k, o, &args));
}

/* ---- restore ---- */

struct restore_args {
	struct str from;
	bool is_replace, is_json;
};
static const struct cli_word restore_words[] = {
	{"--from", offsetof(struct restore_args, from), false}, {"--replace", offsetof(struct restore_args, is_replace), true},
	{"--json", offsetof(struct restore_args, is_json), true},
};

static int restore_usage(void) {
	fputs("usage: zhaoyin restore --from BACKUP --db FILE|postgres://...?schema=NAME [--replace] [--json]\n", stderr);
	return 2;
}

/* Where the file is unpacked: beside a SQLite city, so that it can be moved into place. */
static struct str folder_for(struct keeper *k, struct str url) {
	if (store_engine_of(url) == ENGINE_POSTGRES) {
		const char *tmp = getenv("TMPDIR");
		return tmp && *tmp ? str_c(tmp) : S("/var/tmp");
	}
	size_t n = url.n;
	while (n && url.p[n - 1] != '/') n--;
	return n ? str_copy(&k->arena, str_sub(url, 0, n)) : S(".");
}

static struct str stamp_of(struct keeper *k) {
	return str_of_int(&k->arena, k->ctx.now_ms / 1000);
}

struct restored {
	struct backup_manifest m;
	struct str file, aside;
	struct str keys[BACKUP_KEYS]; /* texts that came along */
	struct str key;               /* that proves the chain; empty = none */
};

/* The key that proves the chain: the backup's own, else the file that belongs to the city's name. */
static enum err choose_key(struct keeper *k, const struct restore_args *args, struct restored *r) {
	struct str why = {0}, path = k->key_path[BACKUP_AUDIT_KEY];
	enum err e = backup_look(&k->ctx, args->from, &r->m, r->keys);
	if (e) return e;
	if (r->keys[BACKUP_AUDIT_KEY].n) e = key_of_text(&k->arena, r->keys[BACKUP_AUDIT_KEY], &r->key, &why);
	else if (has_file(k, path)) e = key_load(&k->arena, path, false, &r->key, &why);
	return e ? fail_with(&k->ctx, e, S("key"), S("backup_key"), why, S("")) : ERR_OK;
}

static enum err put_key(struct keeper *k, struct str path, struct str text) {
	struct str why = {0}, there = {0};
	enum err e = ERR_OK;
	if (!text.n) return ERR_OK;
	if (has_file(k, path)) {
		e = key_file_read(&k->arena, path, text.n + 1, &there, &why);
		if (!e && str_eq(there, text)) return ERR_OK;
		/* a strange key in the way is kept with the city that it belongs to */
		struct str aside = str_cat(&k->arena, path, str_cat(&k->arena, S("-before-"), stamp_of(k)));
		if (rename(str_cstr(&k->arena, path), str_cstr(&k->arena, aside)))
			return fail_with(&k->ctx, ERR_STORE, S("key"), S("backup_key"), str_c(strerror(errno)), S(""));
	}
	e = key_file_write(&k->arena, path, text, false, &why);
	return e ? fail_with(&k->ctx, e, S("key"), S("backup_key"), why, S("")) : ERR_OK;
}

static enum err place(struct keeper *k, const struct restore_target *to, struct restored *r) {
	struct str why = {0};
	enum err e = store_restore(&k->arena, str_cstr(&k->arena, r->file), to, &r->aside, &why);
	(void)unlink(str_cstr(&k->arena, r->file));
	if (e) return fail_with(&k->ctx, e, S("db"), S("backup_target"), why, S(""));
	for (size_t i = 0; !e && i < BACKUP_KEYS; i++) e = put_key(k, k->key_path[i], r->keys[i]);
	return e;
}

static void say_restored(struct keeper *k, const struct restore_args *args, const struct restored *r) {
	struct buf b = {.arena = &k->arena};
	struct json j = {.out = &b};
	bool is_en = k->ctx.lang == LANG_EN;
	if (args->is_json) {
		json_obj(&j);
		json_put_bool(&j, "is_chain_proved", r->key.n > 0);
		json_put_str_or_null(&j, "aside", r->aside);
		put_facts(&j, &r->m);
		json_end(&j);
		buf_byte(&b, '\n');
	} else {
		buf_c(&b, is_en ? "restored; audit head " : "已恢复；审计链头 ");
		buf_add(&b, r->m.audit_head);
		if (r->aside.n) buf_c(&b, is_en ? "\nthe old city is kept as " : "\n原来的数据库保留为 ");
		buf_add(&b, r->aside);
		if (!r->key.n) buf_c(&b, is_en ? "\nno audit key: the chain was not proved; put the kept key file in its place before serving: "
			: "\n没有审计密钥：审计链未验证；启动前放回保存的密钥文件：");
		if (!r->key.n) buf_add(&b, k->key_path[BACKUP_AUDIT_KEY]);
		buf_byte(&b, '\n');
	}
	(void)show(&b);
}

static enum err restore(struct keeper *k, const struct cli_options *o, const struct restore_args *args) {
	struct restored r = {0};
	struct str why = {0}, ignored[BACKUP_KEYS];
	const struct restore_target to = {.url = o->db, .is_replace = args->is_replace, .stamp = stamp_of(k)};
	enum err e = store_may_restore(&k->arena, &to, &why);
	if (e) return fail_with(&k->ctx, e, S("db"), S("backup_target"), why, S(""));
	e = choose_key(k, args, &r);
	const struct backup_source from = {.path = args->from, .beside = folder_for(k, o->db), .key = r.key};
	if (!e) e = backup_prove(&k->ctx, &from, &r.m, &r.file, ignored);
	if (!e) e = place(k, &to, &r);
	if (!e) say_restored(k, args, &r);
	return e;
}

int cli_restore(const struct cli_options *o, int argc, char **argv) {
	struct restore_args args = {0};
	struct keeper k;
	if (!cli_words(argc, argv, 1, restore_words, sizeof restore_words / sizeof *restore_words, &args, NULL, 0, NULL) || !args.from.n)
		return restore_usage();
	enum err e = begin(&k, o);
	return end(&k, "restore", e ? e : restore(&k, o, &args));
}

/* ---- check ---- */

struct check_args {
	bool is_json;
};
static const struct cli_word check_words[] = {{"--json", offsetof(struct check_args, is_json), true}};

static void put_result(struct json *j, const struct invariant_result *r) {
	json_obj(j);
	json_put_str(j, "code", r->code);
	json_put_str(j, "title", r->en);
	json_put_str(j, "title_zh", r->zh);
	json_put_str(j, "object", r->object);
	json_put_int(j, "violations", r->n);
	json_key(j, S("rows"));
	json_arr(j);
	for (size_t i = 0; i < r->rows_n; i++) {
		json_obj(j);
		json_put_int_if(j, "id", r->rows[i].id != 0, r->rows[i].id);
		json_put_str(j, "detail", r->rows[i].detail);
		json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void say_result(struct buf *b, const struct invariant_result *r, enum lang lang) {
	buf_c(b, r->n ? "BROKEN  " : "ok      ");
	buf_add(b, r->code);
	buf_c(b, ": ");
	buf_add(b, lang == LANG_EN ? r->en : r->zh);
	buf_byte(b, '\n');
	for (size_t i = 0; i < r->rows_n; i++) {
		buf_c(b, "        ");
		buf_add(b, r->object);
		buf_byte(b, ' ');
		buf_int(b, r->rows[i].id);
		buf_c(b, ": ");
		buf_add(b, r->rows[i].detail);
		buf_byte(b, '\n');
	}
	if (r->n <= (int64_t)r->rows_n) return;
	buf_c(b, "        ... ");
	buf_int(b, r->n);
	buf_byte(b, '\n');
}

static enum err say_check(struct keeper *k, bool is_json, const struct invariant_result *list, size_t n) {
	struct buf b = {.arena = &k->arena};
	struct json j = {.out = &b};
	int64_t broken = 0;
	for (size_t i = 0; i < n; i++) broken += list[i].n > 0;
	if (is_json) {
		json_obj(&j);
		json_put_bool(&j, "is_ok", !broken);
		json_key(&j, S("checks"));
		json_arr(&j);
		for (size_t i = 0; i < n; i++) put_result(&j, &list[i]);
		json_end(&j);
		json_end(&j);
		buf_byte(&b, '\n');
	} else {
		for (size_t i = 0; i < n; i++) say_result(&b, &list[i], k->ctx.lang);
	}
	if (show(&b)) return fail(&k->ctx, ERR_STORE, S(""), S("output_failed"));
	return broken ? fail_with(&k->ctx, ERR_CONFLICT, S("check"), S("invariants_broken"), str_of_int(&k->arena, broken),
		str_of_int(&k->arena, (int64_t)n)) : ERR_OK;
}

/* What the search index holds of sealed fields are digests with their key. */
static enum err load_seal(struct keeper *k) {
	struct str text, why = {0}, path = k->key_path[BACKUP_SEAL_KEYS];
	if (!has_file(k, path)) return ERR_OK; /* a city without sealed values has none yet */
	enum err e = key_file_read(&k->arena, path, SEAL_FILE_MAX, &text, &why);
	if (e) return fail_with(&k->ctx, e, S("key"), S("check_impossible"), why, S(""));
	k->app.seal = seal_new(text, path);
	key_text_wipe(text);
	return k->app.seal ? ERR_OK : fail_with(&k->ctx, ERR_INVALID, S("key"), S("check_impossible"), path, S(""));
}

static enum err check(struct keeper *k, const struct cli_options *o, const struct check_args *args) {
	struct str why = {0};
	struct invariant_result *list;
	size_t n;
	const struct store_config config = {.url = o->db, .is_as_found = true};
	enum err e = store_open(&k->arena, &config, &k->app.store, &why);
	if (!e && !store_is_newest(k->app.store)) {
		why = S("its schema is an older one; bring it up to date with zhaoyin migrate");
		e = ERR_CONFLICT;
	}
	if (!e) e = key_load(&k->arena, k->key_path[BACKUP_AUDIT_KEY], false, &k->app.audit_key, &why);
	if (e) return fail_with(&k->ctx, e, S("db"), S("check_impossible"), why, S(""));
	if ((e = load_seal(k))) return e;
	k->ctx.db = store_reader(k->app.store);
	if (!k->ctx.db) return fail(&k->ctx, ERR_BUSY, S("db"), S("store_busy"));
	e = invariants_check(&k->ctx, &list, &n);
	if (!e) e = say_check(k, args->is_json, list, n);
	db_close(k->ctx.db);
	return e;
}

int cli_check(const struct cli_options *o, int argc, char **argv) {
	struct check_args args = {0};
	struct keeper k;
	if (!cli_words(argc, argv, 1, check_words, 1, &args, NULL, 0, NULL)) {
		fputs("usage: zhaoyin check --db FILE|postgres://... [--json]\n", stderr);
		return 2;
	}
	enum err e = begin(&k, o);
	return end(&k, "check", e ? e : check(&k, o, &args));
}
