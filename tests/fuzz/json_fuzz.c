/* json_fuzz.c - any bytes as the body of a new project: what is refused names a field or the place, and
 * what is taken obeys the field table. No database is asked. */
#include "api/call.h"
#include "domain/project.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	struct arena a = {0};
	struct req req = {.arena = &a, .body = {(const char *)data, size}};
	struct res res = {0};
	struct ctx ctx = {.arena = &a, .actor = {.account_id = 1, .role = ROLE_CITY_STAFF, .scope = S("3707")}};
	struct call c = {.ctx = &ctx, .req = &req, .res = &res};
	struct fieldset set;
	struct project p;
	json_t *body;
	record_init(&project_noun, &p);
	enum err e = call_body(&c, NULL, &body);
	assert(e == ERR_OK || ctx.error);
	if (!e) e = body_record(&c, body, &project_noun, &p, &set);
	assert((e == ERR_OK) == (ctx.error == NULL));
	for (size_t i = 0; i < project_noun.fields_n; i++) {
		const struct field *f = &project_noun.fields[i];
		struct value v = field_value(f, &a, &p);
		if (v.kind != V_TEXT) continue;
		assert(v.s.n && str_is_utf8(v.s));
		if (field_is_text(f)) assert(str_cp_count(v.s) <= (size_t)field_max(f));
		if (f->type == F_ENUM) assert(choice_index(f, v.s) != CHOICE_NONE);
	}
	problem_sentence(&a, ctx.error ? ctx.error : &(const struct error){.rule = S("required")}, LANG_ZH);
	arena_release(&a);
	return 0;
}
