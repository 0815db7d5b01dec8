/* Statements of PostgreSQL and their rows: values by the types of the params line, results in binary. */
#include "store/pg.h"

/* ---- statements ---- */

static const Oid type_oids[] = {[QUERY_INT] = OID_INT8, [QUERY_TEXT] = OID_TEXT, [QUERY_BLOB] = OID_BYTEA};

static bool is_declared(const struct statement *st, size_t k) {
	return st->def && k < st->def->params_n;
}

/* A declared parameter has the type of its params line; of others the server finds the type where
 * they stand, and text then goes as text, so that it may become whatever is wanted there. */
static void give_value(struct pg *p, const struct statement *st, size_t k, const char **value,
                       int *length, int *format) {
	struct value v = statement_value(st, k);
	bool is_raw = v.kind == V_BLOB || (v.kind == V_TEXT && is_declared(st, k));
	struct arena *a = &p->db.scratch;
	*format = is_raw;
	*length = (int)v.s.n;
	if (v.kind == V_NULL) *value = NULL;
	else if (is_raw) *value = v.s.p ? v.s.p : "";
	else *value = str_cstr(a, v.kind == V_INT ? str_of_int(a, v.i) : v.s);
}

static const Oid *types_of(struct pg *p, const struct statement *st, size_t n) {
	Oid *types = arena_array(&p->db.scratch, n, sizeof *types);
	for (size_t k = 0; k < n; k++)
		if (is_declared(st, k)) types[k] = type_oids[st->def->types[st->order[k]]];
	return types;
}

/* NULL: it is planned for each run, and not prepared. */
static const char *name_of(struct pg *p, const struct statement *st, struct prepared *prepared) {
	struct buf name = {.arena = &p->db.scratch};
	if (st->def && st->def->is_planned_each_time) return NULL;
	if (!prepared->number) prepared->number = ++p->names;
	buf_byte(&name, 's');
	buf_int(&name, prepared->number);
	return str_cstr(name.arena, buf_str(&name));
}

static struct shot shot_of(struct pg *p, const struct statement *st, struct prepared *prepared) {
	struct arena *a = &p->db.scratch;
	const char *name = name_of(p, st, prepared);
	const char **values = arena_array(a, st->n, sizeof *values);
	int *lengths = arena_array(a, st->n, sizeof *lengths), *formats = arena_array(a, st->n, sizeof *formats);
	for (size_t k = 0; k < st->n; k++) give_value(p, st, k, &values[k], &lengths[k], &formats[k]);
	return (struct shot){
		.sql = str_cstr(a, st->sql), .name = name, .is_new = name && prepared->session != p->session, .n = (int)st->n,
		.types = types_of(p, st, st->n), .values = values, .lengths = lengths, .formats = formats,
	};
}

static enum err execute_once(struct pg *p, const struct statement *st, struct prepared *prepared,
                             PGresult **out) {
	enum err e = p->conn ? ERR_OK : p->in_transaction ? ERR_BUSY : pg_ready(&p->db);
	if (e) return e;
	bool is_prepared;
	struct shot s = shot_of(p, st, prepared);
	p->is_stale_plan = false;
	e = pg_round_trip(p, &s, out, &is_prepared);
	if (is_prepared) prepared->session = p->session;
	if (!p->is_stale_plan) return e;
	columns_drop(prepared->columns);
	prepared->columns = NULL;
	prepared->number = prepared->session = 0;
	return e;
}

/* Outside a transaction a connection that was lost, or a plan that grew old, is no reason to fail:
 * the statement is asked again, once. Inside one, the job is. */
static enum err execute(struct pg *p, const struct statement *st, struct prepared *prepared,
                        PGresult **out) {
	p->db.is_retryable = false;
	enum err e = execute_once(p, st, prepared, out);
	if (e && p->db.is_retryable && !p->in_transaction) e = execute_once(p, st, prepared, out);
	return e;
}

enum err pg_run(struct db *db, const struct statement *st, int64_t *changed) {
	PGresult *r = NULL;
	struct prepared *prepared = prepared_get(db, st);
	enum err e = execute(pg_of(db), st, prepared, &r);
	prepared_done(db, prepared);
	if (e) return e;
	*changed = 0;
	str_int(str_c(PQcmdTuples(r)), changed);
	PQclear(r);
	return ERR_OK;
}

/* ---- rows ---- */

enum kind { KIND_INT, KIND_TEXT, KIND_BLOB, KIND_BAD };

static enum kind kind_of(Oid type) {
	switch (type) {
	case OID_INT2: case OID_INT4: case OID_INT8: return KIND_INT;
	case OID_TEXT: case OID_VARCHAR: case OID_BPCHAR: case OID_NAME: return KIND_TEXT;
	case OID_BYTEA: return KIND_BLOB;
	default: return KIND_BAD;
	}
}

/* A sum that is NUMERIC or a bare comparison would be something else on SQLite. */
static enum err check_columns(struct pg *p, const PGresult *r) {
	for (int i = 0; i < PQnfields(r); i++) {
		if (kind_of(PQftype(r, i)) != KIND_BAD) continue;
		struct buf b = {.arena = &p->db.scratch};
		buf_c(&b, "column ");
		buf_c(&b, PQfname(r, i));
		buf_c(&b, " is neither integer nor text nor bytes: CAST it, or use CASE for a truth");
		return db_fail(&p->db, ERR_STORE, buf_str(&b));
	}
	return ERR_OK;
}

static const char *column_name(void *it, int col) {
	return PQfname(it, col);
}

enum err pg_query(struct db *db, const struct statement *st, struct rows *r) {
	struct pg *p = pg_of(db);
	PGresult *result = NULL;
	r->prepared = prepared_get(db, st);
	enum err e = execute(p, st, r->prepared, &result);
	if (e) return e;
	r->result = result;
	struct prepared *prepared = r->prepared;
	if (prepared->columns && prepared->columns->n != PQnfields(result)) {
		columns_drop(prepared->columns);
		prepared->columns = NULL;
	}
	if (!prepared->columns) prepared->columns = columns_new(column_name, result, PQnfields(result));
	r->state = PQntuples(result) ? ROWS_FIRST : ROWS_END;
	return check_columns(p, result);
}

enum err pg_next(struct rows *r) {
	r->state = ++r->at < PQntuples(r->result) ? ROWS_AT : ROWS_END;
	return ERR_OK;
}

void pg_finish(struct rows *r) {
	PQclear(r->result);
	r->result = NULL;
}

/* Two, four or eight bytes, the highest first. */
static int64_t int_of(const char *p, int n) {
	const unsigned char *u = (const unsigned char *)p;
	uint64_t v = n && (u[0] & 0x80) ? ~(uint64_t)0 : 0;
	for (int i = 0; i < n; i++) v = v << 8 | u[i];
	return (int64_t)v;
}

static struct value value_at(const struct rows *r, int col) {
	const PGresult *result = r->result;
	if (PQgetisnull(result, r->at, col)) return VNULL;
	struct str s = {PQgetvalue(result, r->at, col), (size_t)PQgetlength(result, r->at, col)};
	switch (kind_of(PQftype(result, col))) {
	case KIND_INT: return VI(int_of(s.p, (int)s.n));
	case KIND_BLOB: return VB(s);
	case KIND_TEXT: case KIND_BAD: break;
	}
	return VT(s);
}

void pg_values(const struct rows *r, int col, int n, struct value *out) {
	for (int i = 0; i < n; i++) out[i] = value_at(r, col + i);
}

enum err pg_prepare(struct db *db, const struct statement *st) {
	struct pg *p = pg_of(db);
	PGresult *r = NULL;
	bool is_prepared;
	enum err e = pg_ready(db);
	if (e) return e;
	struct prepared *prepared = prepared_get(db, st);
	struct statement own = *st;
	own.order = st->def->text[ENGINE_POSTGRES].order;
	struct shot s = shot_of(p, &own, prepared);
	s.n = (int)st->def->params_n;
	s.types = types_of(p, &own, st->def->params_n);
	s.is_describe = true;
	bool is_kept = s.name != NULL;
	if (!is_kept) {
		s.name = ""; /* the server's one statement without a name */
		s.is_new = true;
	}
	e = pg_round_trip(p, &s, &r, &is_prepared);
	if (is_prepared && is_kept) prepared->session = p->session;
	if (!e) e = check_columns(p, r);
	if (!e && PQnparams(r) != (int)st->def->params_n)
		e = db_fail(db, ERR_STORE, S("the number of parameters differs from the params line"));
	PQclear(r);
	prepared_done(db, prepared);
	return e;
}

void pg_unprepare(struct db *db, struct prepared *prepared) {
	struct pg *p = pg_of(db);
	if (!p->conn || !prepared->session || prepared->session != p->session) return;
	if (p->dead_n < BUILT_MAX) p->dead[p->dead_n++] = prepared->number;
}
