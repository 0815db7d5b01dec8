/* log.h - one event a line on standard error: time, level, event, ids and codes.
 *
 * Never names, telephone numbers or texts of people. Values are escaped, so that no value can
 * start a line of its own. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

struct log_pair {
	const char *key;
	struct str value;
};

void log_set_level(enum log_level most); /* default LOG_WARN; set once, at start */
bool log_is_on(enum log_level level);        /* to save the work of a line that nobody wants */
void log_event(enum log_level level, const char *event, const struct log_pair *pairs, size_t n);

#define LOG(level, event, ...) \
	log_event(level, event, (const struct log_pair[]){__VA_ARGS__}, \
	          sizeof((const struct log_pair[]){__VA_ARGS__}) / sizeof(struct log_pair))

#endif
