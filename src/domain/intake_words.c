/* intake_words.c - words of cells that stand for one of a few things: stages, side states, ticks. */
#include "domain/intake_parts.h"

#include "base/buf.h"
#include "domain/text.h"

/* The list is searched as one text: it is asked of many cells, and nearly all in vain. */
bool is_one_word(struct str words, struct str key) {
	if (!key.n || str_find(key, S("|")) >= 0) return false;
	const char *end = words.p + words.n;
	for (struct str rest = words; rest.n;) {
		ptrdiff_t at = str_find(rest, key);
		if (at < 0) return false;
		const char *from = rest.p + at, *to = from + key.n;
		if ((from == words.p || from[-1] == '|') && (to == end || *to == '|')) return true;
		rest = str_sub(rest, (size_t)at + 1, rest.n);
	}
	return false;
}

static int choice_of_word(const struct choice *choices, size_t n, struct str key) {
	for (size_t i = 0; i < n; i++) {
		const struct choice *c = &choices[i];
		if (is_one_word(c->words, key) || str_eq(c->zh, key) || str_eq_nocase(c->code, key)
			|| str_eq_nocase(c->en, key))
			return (int)i;
	}
	return CHOICE_NONE;
}

/* 已开工项目 -> 开工; tried where the word itself is in no list. */
static struct str bare_word(struct str key) {
	static const struct str heads[] = {S_("目前"), S_("现已"), S_("已经"), S_("正在"), S_("已"), S_("现"), S_("正")};
	static const struct str tails[] = {S_("项目"), S_("阶段"), S_("状态"), S_("类"), S_("中"), S_("了")};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		if (key.n > heads[i].n && str_starts(key, heads[i])) {
			key = str_sub(key, heads[i].n, key.n);
			break;
		}
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (key.n > tails[i].n && str_ends(key, tails[i])) key.n -= tails[i].n;
	return key;
}

enum { CHOICE_BYTES = 200 }; /* a longer text is a sentence, not a choice */

int choice_of_text(struct arena *a, const struct choice *choices, size_t n, struct str text) {
	static const struct str signs[] = {S_("或者"), S_("或"), S_("、"), S_("/"), S_(","), S_("及"),
		S_("和"), S_(";"), S_("；"), S_("，")};
	if (text.n > CHOICE_BYTES) return CHOICE_NONE;
	struct str whole = word_key(a, text);
	if (!whole.n) return CHOICE_NONE;
	int found = choice_of_word(choices, n, whole);
	if (found == CHOICE_NONE) found = choice_of_word(choices, n, bare_word(whole));
	if (found != CHOICE_NONE) return found;
	struct buf parts = {.arena = a};
	for (struct str rest = text_simplified(a, text_bare(a, text)); rest.n;) {
		bool is_sign = false;
		for (size_t i = 0; i < sizeof signs / sizeof *signs && !is_sign; i++) {
			if (!str_starts(rest, signs[i])) continue;
			is_sign = true;
			buf_byte(&parts, '|');
			rest = str_sub(rest, signs[i].n, rest.n);
		}
		if (is_sign) continue;
		buf_byte(&parts, rest.p[0]);
		rest = str_sub(rest, 1, rest.n);
	}
	struct str rest = buf_str(&parts), part;
	while (str_split(&rest, '|', &part)) {
		struct str key = word_key(a, part);
		int one = choice_of_word(choices, n, key);
		if (one == CHOICE_NONE) one = choice_of_word(choices, n, bare_word(key));
		if (one == CHOICE_NONE || (found != CHOICE_NONE && one != found)) return CHOICE_NONE;
		found = one;
	}
	return found;
}

/* 已签约待落地, 开工未投产: what is behind comes first, what lies ahead after the word. */
static struct str without_ahead(struct arena *a, struct str text) {
	static const struct str ahead[] = {S_("待"), S_("拟"), S_("尚未"), S_("未"), S_("准备"), S_("即将"), S_("等待"),
		S_("正在办理"), S_("正办理")};
	struct str s = str_cp_count(text) <= 12 ? word_key(a, text) : S(""); /* a longer one is a sentence */
	size_t end = s.n;
	for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++) {
		ptrdiff_t at = str_find(s, ahead[i]);
		if (at > 0 && (size_t)at < end) end = (size_t)at;
	}
	return end < s.n ? str_sub(s, 0, end) : S("");
}

bool intake_stage(struct arena *a, struct str text, enum stage *stage) {
	int i = choice_of_text(a, project_stages, STAGE__N, text);
	struct str behind = i == CHOICE_NONE ? without_ahead(a, text) : S("");
	if (behind.n) i = choice_of_text(a, project_stages, STAGE__N, behind);
	if (i == CHOICE_NONE) return false;
	*stage = (enum stage)i;
	return true;
}

bool intake_side(struct arena *a, struct str text, enum side *side) {
	int i = choice_of_text(a, project_sides, SIDE__N, text);
	if (i == CHOICE_NONE) return false;
	*side = (enum side)i;
	return true;
}

bool is_tick(struct arena *a, struct str text) {
	if (text.n > 12) return false;
	return is_one_word(S("是|有|√|✓|✔|☑|●|■|★|▲|y|Y|yes|Yes|1|TRUE|true|对"),
		text_simplified(a, text_bare(a, text)));
}
