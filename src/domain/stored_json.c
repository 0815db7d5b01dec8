#include "domain/stored_json.h"

static void drop(void *it) {
	json_decref(it);
}

json_t *arena_json(struct arena *a, json_t *v) {
	if (v) arena_defer(a, drop, v);
	return v;
}

json_t *stored_json(struct arena *a, struct str text) {
	return text.n ? arena_json(a, json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL)) : NULL;
}
