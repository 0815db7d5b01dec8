#include "base/log.h"

#include "base/day.h"

#include <stdio.h>

static enum log_level most_level = LOG_WARN;

void log_set_level(enum log_level most) {
	most_level = most;
}

bool log_is_on(enum log_level level) {
	return level <= most_level;
}

void log_event(enum log_level level, const char *event, const struct log_pair *pairs, size_t n) {
	static const char *const names[] = {"error", "warn", "info", "debug"};
	if (!log_is_on(level)) return;
	struct arena a = {0};
	struct buf b = {.arena = &a};
	buf_instant(&b, now_ms());
	buf_byte(&b, ' ');
	buf_c(&b, names[level]);
	buf_byte(&b, ' ');
	buf_c(&b, event);
	for (size_t i = 0; i < n; i++) {
		buf_byte(&b, ' ');
		buf_c(&b, pairs[i].key);
		buf_byte(&b, '=');
		buf_json(&b, pairs[i].value);
	}
	buf_byte(&b, '\n');
	fwrite(b.p, 1, b.n, stderr);
	arena_release(&a);
}
