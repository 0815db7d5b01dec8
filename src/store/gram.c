/* gram.c - an expression over grams in the words of the engine: FTS5 on SQLite, tsquery on PostgreSQL. */
#include "store/engine.h"

static bool is_sign(char c) {
	return c == ' ' || c == '&' || c == '|' || c == '(' || c == ')' || c == '*';
}

struct str db_gram_query(const struct db *db, struct arena *a, struct str expr) {
	bool is_pg = db->engine->kind == ENGINE_POSTGRES;
	struct buf b = {.arena = a};
	for (size_t i = 0, n; i < expr.n; i += n) {
		for (n = 0; i + n < expr.n && !is_sign(expr.p[i + n]);) n++;
		if (n) {
			buf_byte(&b, is_pg ? '\'' : '"');
			buf_add(&b, str_sub(expr, i, n));
			buf_byte(&b, is_pg ? '\'' : '"');
			continue;
		}
		n = 1;
		if (expr.p[i] == '*') buf_c(&b, is_pg ? ":*" : "*");
		else if (expr.p[i] == '&') buf_c(&b, is_pg ? "&" : "AND");
		else if (expr.p[i] == '|') buf_c(&b, is_pg ? "|" : "OR");
		else buf_byte(&b, expr.p[i]);
	}
	return buf_str(&b);
}
