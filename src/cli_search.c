#include "cli_search.h"

#include "domain/rights.h"
#include "domain/search.h"
#include "domain/session.h"

#include <stdio.h>
#include <string.h>

enum { LIMIT = 20, LIMIT_MAX = 1000 };

struct options {
	int64_t limit;
	bool is_check, is_rebuild, has_words;
	struct buf words;
};

static bool parse(int argc, char **argv, struct options *o) {
	bool is_literal = false;
	for (int i = 1; i < argc; i++) {
		if (!is_literal && strcmp(argv[i], "--") == 0) is_literal = true;
		else if (!is_literal && strcmp(argv[i], "--check") == 0) o->is_check = true;
		else if (!is_literal && strcmp(argv[i], "--rebuild") == 0) o->is_rebuild = true;
		else if (!is_literal && strcmp(argv[i], "--limit") == 0) {
			if (++i == argc || !str_int(str_c(argv[i]), &o->limit)) return false;
		} else {
			if (o->words.n) buf_byte(&o->words, ' ');
			buf_c(&o->words, argv[i]);
			o->has_words = true;
		}
	}
	return o->limit >= 1 && o->limit <= LIMIT_MAX && o->has_words + o->is_check + o->is_rebuild == 1;
}

static int usage(void) {
	fputs("usage: zhaoyin search --db F [--json] [--limit N] [--as LOGIN] WORDS\n"
	      "       zhaoyin search --db F --check | --rebuild\n"
	      "N is 1 to 1000.\n", stderr);
	return 2;
}

static void print(const struct buf *b) {
	fwrite(b->p ? b->p : "", 1, b->n, stdout);
}

/* ---- hits ---- */

static void put_json(struct buf *b, const struct search_result *r, int64_t limit) {
	struct json j = {.out = b};
	json_obj(&j);
	json_key(&j, S("hits"));
	json_arr(&j);
	for (size_t i = 0; i < r->n && (int64_t)i < limit; i++) {
		json_obj(&j);
		json_put_str(&j, "kind", search_noun(r->hits[i].kind)->name);
		json_put_int(&j, "id", r->hits[i].id);
		json_put_str(&j, "name", r->hits[i].name);
		json_put_str(&j, "how", how_code(r->hits[i].how));
		json_end(&j);
	}
	json_end(&j);
	json_end(&j);
	buf_byte(b, '\n');
}

static void put_text(struct buf *b, const struct search_result *r, int64_t limit) {
	for (size_t i = 0; i < r->n && (int64_t)i < limit; i++) {
		const struct search_hit *h = &r->hits[i];
		buf_add(b, search_noun(h->kind)->name);
		buf_byte(b, ' ');
		buf_int(b, h->id);
		buf_c(b, "  ");
		buf_add(b, h->name);
		buf_c(b, "  (");
		buf_add(b, how_code(h->how));
		buf_c(b, ")\n");
	}
}

static enum err find(struct ctx *ctx, const struct cli_options *o, const struct options *own) {
	struct search_spec spec = {.query = buf_str(&own->words), .limit = own->limit};
	struct search_result r;
	struct buf b = {.arena = ctx->arena};
	for (int k = 0; k < SEARCH__N; k++) spec.kinds[k] = true;
	enum err e = search_records(ctx, &spec, &r);
	if (e) return e;
	if (o->is_json) put_json(&b, &r, own->limit);
	else put_text(&b, &r, own->limit);
	print(&b);
	return ERR_OK;
}

/* ---- the index ---- */

static enum err look_after(struct ctx *ctx, const struct cli_options *o, bool is_check, bool *is_wrong) {
	int64_t rows = 0, wrong = 0;
	enum err e = is_check ? search_check(ctx, &rows, &wrong) : search_rebuild(ctx, &rows);
	if (e) return e;
	struct buf b = {.arena = ctx->arena};
	struct json j = {.out = &b};
	if (o->is_json) {
		json_obj(&j);
		json_put_int(&j, "rows", rows);
		if (is_check) json_put_int(&j, "differences", wrong);
		json_end(&j);
	} else {
		buf_int(&b, rows);
		buf_c(&b, " rows");
		if (is_check) {
			buf_c(&b, ", ");
			buf_int(&b, wrong);
			buf_c(&b, " differences");
		}
	}
	buf_byte(&b, '\n');
	print(&b);
	*is_wrong = wrong > 0;
	return ERR_OK;
}

int cli_search(struct ctx *ctx, const struct cli_options *o, int argc, char **argv) {
	struct options own = {.limit = LIMIT, .words = {.arena = ctx->arena}};
	bool is_wrong = false;
	if (!parse(argc, argv, &own)) return usage();
	ctx->actor = (struct actor){.login = S("console"), .role = ROLE_CITY_STAFF, .scope = S(SCOPE_EVERYWHERE),
		.clearance = role_clearance(ROLE_CITY_STAFF)};
	enum err e = o->as.n ? session_act_as(ctx, o->as, o->role_id) : ERR_OK;
	if (!e) e = own.has_words ? find(ctx, o, &own) : look_after(ctx, o, own.is_check, &is_wrong);
	if (e) return cli_fail(ctx, "search", e);
	return is_wrong ? 1 : 0;
}
