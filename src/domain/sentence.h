/* sentence.h - refusals and questions in words: a table of sentences in both languages, found by key.
 *
 * {0} and {1} in a sentence stand for what the failure names. Tables are constant and belong to the
 * module whose rules they word; what is filled lives in the arena. */
#ifndef DOMAIN_SENTENCE_H
#define DOMAIN_SENTENCE_H

#include "domain/ctx.h"

struct sentence {
	struct str key, zh, en;
};

/* text with {0} and {1} replaced. */
struct str sentence_fill(struct arena *a, struct str text, struct str arg0, struct str arg1);

/* The sentence of a key among n; empty = it is not there. */
struct str sentence_find(struct arena *a, const struct sentence *list, size_t n, struct str key,
	const struct str args[2], enum lang lang);

#endif
