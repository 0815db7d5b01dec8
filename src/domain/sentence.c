#include "domain/sentence.h"

#include "base/buf.h"

struct str sentence_fill(struct arena *a, struct str text, struct str arg0, struct str arg1) {
	struct buf b = {.arena = a};
	for (size_t i = 0; i < text.n; i++) {
		struct str mark = str_sub(text, i, 3);
		bool is_first = str_eq(mark, S("{0}")), is_arg = is_first || str_eq(mark, S("{1}"));
		if (is_arg) buf_add(&b, is_first ? arg0 : arg1);
		else buf_byte(&b, text.p[i]);
		if (is_arg) i += 2;
	}
	return buf_str(&b);
}

struct str sentence_find(struct arena *a, const struct sentence *list, size_t n, struct str key,
	const struct str args[2], enum lang lang) {
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i].key, key))
			return sentence_fill(a, lang == LANG_EN ? list[i].en : list[i].zh, args[0], args[1]);
	return S("");
}
