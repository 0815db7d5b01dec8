#include "api/url.h"

#include <string.h>

static int hex(char c) {
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

/* The byte that the escape at s[i] stands for; -1 = no whole escape, 0 is refused by the callers. */
static int escaped(struct str s, size_t i) {
	if (s.n - i < 3) return -1;
	int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool url_is_target(struct str target) {
	for (size_t i = 0; i < target.n; i++) {
		char c = target.p[i];
		if (c <= ' ' || c > '~' || c == '"' || c == '<' || c == '>' || c == '#') return false;
		if (c == '%' && escaped(target, i) <= 0) return false;
	}
	return true;
}

static bool decode(struct arena *a, struct str s, bool plus_is_space, struct str *out) {
	bool has_plus = plus_is_space && s.n && memchr(s.p, '+', s.n);
	if (!has_plus && !(s.n && memchr(s.p, '%', s.n))) {
		if ((s.n && memchr(s.p, 0, s.n)) || !str_is_utf8(s)) return false;
		*out = s;
		return true;
	}
	char *to = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int c = (unsigned char)s.p[i];
		if (c == '%') {
			c = escaped(s, i);
			i += 2;
		} else if (c == '+' && plus_is_space) {
			c = ' ';
		}
		if (c <= 0) return false;
		to[n++] = (char)c;
	}
	struct str text = {to, n};
	if (!str_is_utf8(text)) return false;
	*out = text;
	return true;
}

bool url_decode(struct arena *a, struct str s, struct str *out) {
	return decode(a, s, false, out);
}

bool url_decode_query(struct arena *a, struct str s, struct str *out) {
	return decode(a, s, true, out);
}

/* Byte by byte: a route table is walked with this for every request, and most of its rows differ
 * from the path within a few bytes. */
bool url_match(struct str pattern, struct str path, struct str params[URL_PARAMS_MAX], size_t *params_n) {
	size_t at = 0, n = 0;
	for (size_t k = 0; k < pattern.n;) {
		bool is_param = pattern.p[k] == ':' && k > 0 && pattern.p[k - 1] == '/';
		if (!is_param) {
			if (at == path.n || path.p[at++] != pattern.p[k++]) return false;
			continue;
		}
		size_t from = at;
		while (at < path.n && path.p[at] != '/') at++;
		if (at == from || n == URL_PARAMS_MAX) return false;
		params[n++] = str_sub(path, from, at - from);
		while (k < pattern.n && pattern.p[k] != '/') k++;
	}
	if (at < path.n) return false;
	*params_n = n;
	return true;
}

enum url_step url_query_next(struct arena *a, struct str *query, struct url_pair *out) {
	struct str pair, name;
	do {
		if (!str_split(query, '&', &pair)) return URL_END;
	} while (pair.n == 0);
	str_split(&pair, '=', &name);
	struct url_pair decoded;
	if (!url_decode_query(a, name, &decoded.name)) return URL_BAD;
	if (!url_decode_query(a, pair, &decoded.value)) return URL_BAD;
	*out = decoded;
	return URL_PAIR;
}

enum url_step url_query_find(struct arena *a, struct str query, struct str name, struct str *value) {
	struct url_pair pair;
	struct str found = {0};
	bool has = false;
	for (;;) {
		enum url_step step = url_query_next(a, &query, &pair);
		if (step == URL_BAD) return URL_BAD;
		if (step == URL_END) break;
		if (!str_eq(pair.name, name)) continue;
		if (has) return URL_BAD;
		found = pair.value;
		has = true;
	}
	if (has) *value = found;
	return has ? URL_PAIR : URL_END;
}

/* White space of HTTP headers: not the vertical tab and its friends that str_trim takes too. */
static struct str trim_ows(struct str s) {
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t')) s = str_sub(s, 1, s.n);
	while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t')) s.n--;
	return s;
}

static bool is_cookie_value(struct str s) {
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' || c == '\\') return false;
	}
	return true;
}

static struct str unquote(struct str s) {
	bool is_quoted = s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';
	return is_quoted ? str_sub(s, 1, s.n - 2) : s;
}

bool cookie_find(struct str header, struct str name, struct str *value) {
	struct str pair, key, found = {0};
	bool has = false;
	while (str_split(&header, ';', &pair)) {
		pair = trim_ows(pair);
		if (!str_split(&pair, '=', &key) || !pair.p || !str_eq(key, name)) continue;
		if (has) return false;
		found = unquote(pair);
		has = true;
	}
	if (!has || !is_cookie_value(found)) return false;
	*value = found;
	return true;
}
