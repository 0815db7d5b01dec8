/* Every named query of the program is prepared on both engines, over the program's own schema. */
#include "store_fixture.h"

static void every_query_prepares(void **state) {
	struct fixture *f = *state;
	struct str why = {0};
	assert_true(Q__N > 0);
	enum err e = db_prepare_all(f->db, &f->arena, &why);
	assert_str(why, S(""));
	assert_int_equal(e, ERR_OK);
	assert_int_equal(store_schema_version(f->store), own_migrations.n);
}

int main(void) {
	static const struct engine_test tests[] = {BOTH(every_query_prepares)};
	return run_on_both("queries", tests, LEN(tests));
}
