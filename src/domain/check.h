/* check.h - numbers that prove themselves: credit codes, project codes, resident IDs, telephones, mail.
 *
 * Each check answers the normal form (in the arena) and whether it is valid; if not, `rule` is the key
 * of the sentence that says why and what to do. Rules: domain handbook section 9. Pure: no clock, no
 * register of codes that are in use. */
#ifndef DOMAIN_CHECK_H
#define DOMAIN_CHECK_H

#include "domain/ctx.h"

struct check {
	bool is_valid;
	bool is_changed;   /* the text was not in its normal form */
	struct str normal; /* what to store; of an invalid text the best try, for the message */
	struct str rule;   /* empty when valid */
	struct str arg;    /* for the sentence: the wrong character, the length, ... */
	struct str warn;   /* rule of a doubt that does not make it invalid; empty = none */
};

/* GB 32100-2015, 18 characters. is_strict also refuses what needed normalising (rule
 * uscc_not_normal). Warns organisation_code where characters 9 to 17 fail GB 11714. */
struct check check_uscc(struct arena *a, struct str s, bool is_strict);

/* GB/T 40058-2021: 2406-370783-04-01-123456. What its last digit must be stands in section
 * 4.7, which we have not: only the shape, the month and the province are tested. */
struct check check_project_code(struct arena *a, struct str s);

/* GB 11643, 18 characters: province, date of birth (not after `today`; DAY_NONE = not tested), check. */
struct check check_resident_id(struct arena *a, struct str s, int32_t today);

/* A telephone: mobile (13812345678), landline (0536-8091234, with -extension), 400 and 800 numbers,
 * or any other country's as E.164 (+82212345678). */
struct check check_phone(struct arena *a, struct str s);
struct check check_mobile(struct arena *a, struct str s);
struct check check_email(struct arena *a, struct str s);

/* The sentence of a rule, with fact, rule and way out; empty for a rule that is not ours. */
struct str check_sentence(struct arena *a, struct str rule, struct str arg, enum lang lang);

/* ---- masks (handbook 2.4): what is shown until somebody reveals it, with an audit row ---- */
struct str mask_phone(struct arena *a, struct str s);       /* 138****5678; 0536-*****34 */
struct str mask_resident_id(struct arena *a, struct str s); /* 370702********1230 */
struct str mask_person(struct arena *a, struct str s);      /* 王* */
struct str mask_email(struct arena *a, struct str s);       /* z***@example.com */

#endif
