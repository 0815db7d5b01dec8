#include "base/json.h"

#include <assert.h>

static uint64_t bit(const struct json *j) {
	return (uint64_t)1 << j->depth;
}

/* Before a value: the comma of an array; an object's comma was written by its key. */
static void before_value(struct json *j) {
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	assert(j->depth == 0 || !(j->is_object & bit(j)));
	if (j->depth && (j->has_items & bit(j))) buf_byte(j->out, ',');
	j->has_items |= bit(j);
}

static void open(struct json *j, char c, bool is_object) {
	before_value(j);
	buf_byte(j->out, c);
	assert(j->depth < 63);
	j->depth++;
	j->has_items &= ~bit(j);
	j->is_object = is_object ? j->is_object | bit(j) : j->is_object & ~bit(j);
}

void json_obj(struct json *j) {
	open(j, '{', true);
}

void json_arr(struct json *j) {
	open(j, '[', false);
}

void json_end(struct json *j) {
	assert(j->depth > 0 && !j->after_key);
	buf_byte(j->out, j->is_object & bit(j) ? '}' : ']');
	j->depth--;
}

void json_key(struct json *j, struct str key) {
	assert(j->depth > 0 && (j->is_object & bit(j)) && !j->after_key);
	if (j->has_items & bit(j)) buf_byte(j->out, ',');
	j->has_items |= bit(j);
	buf_json(j->out, key);
	buf_byte(j->out, ':');
	j->after_key = true;
}

void json_str(struct json *j, struct str s) {
	before_value(j);
	buf_json(j->out, s);
}

void json_str_or_null(struct json *j, struct str s) {
	if (s.n) json_str(j, s);
	else json_nil(j);
}

void json_int(struct json *j, int64_t v) {
	before_value(j);
	buf_int(j->out, v);
}

void json_bool(struct json *j, bool v) {
	before_value(j);
	buf_c(j->out, v ? "true" : "false");
}

void json_nil(struct json *j) {
	before_value(j);
	buf_c(j->out, "null");
}

void json_raw(struct json *j, struct str text) {
	before_value(j);
	buf_add(j->out, text);
}

void json_put_str(struct json *j, const char *key, struct str s) {
	json_key(j, str_c(key));
	json_str(j, s);
}

void json_put_str_or_null(struct json *j, const char *key, struct str s) {
	json_key(j, str_c(key));
	json_str_or_null(j, s);
}

void json_put_int(struct json *j, const char *key, int64_t v) {
	json_key(j, str_c(key));
	json_int(j, v);
}

void json_put_int_if(struct json *j, const char *key, bool is_there, int64_t v) {
	json_key(j, str_c(key));
	if (is_there) json_int(j, v);
	else json_nil(j);
}

void json_put_bool(struct json *j, const char *key, bool v) {
	json_key(j, str_c(key));
	json_bool(j, v);
}
