/* amount_token.h - the words and numbers that amounts are written with; for the amount_*.c
 * alone. */
#ifndef DOMAIN_AMOUNT_TOKEN_H
#define DOMAIN_AMOUNT_TOKEN_H

#include "domain/amount.h"

/* Values while they are read: 10^-12 of the base unit in 128 bits, so that 0.000001 亿 and 10 万亿 are
 * both exact. */
__extension__ typedef __int128 wide;
enum { FRACTION_DIGITS = 12, INTEGER_DIGITS = 18 };
wide wide_ten(int exp10); /* 10^exp10 */

enum token_kind {
	T_END, T_NUM, T_MUL, T_UNIT,
	T_OVER, T_ABOUT, T_NEARLY, T_PHASE, /* qualifiers */
	T_TOTAL, T_PART,                    /* this amount is the whole; it is only a part or another thing */
	T_LABEL,                            /* says nothing that matters */
	T_SEP, T_OPEN, T_CLOSE, T_RANGE,
	T_VAGUE,                            /* 数十亿: no figure */
	T_WORD, T_BAD_NUMBER
};

struct token {
	enum token_kind kind;
	struct str text;
	wide value;        /* T_NUM in 10^-12; T_MUL: the exponent */
	bool is_hanzi;     /* T_NUM: one Chinese digit */
	bool is_cut;       /* T_NUM: decimals were cut off */
	bool is_english;   /* T_MUL: m, bn */
	int unit;          /* T_UNIT: index in units */
};

/* One base unit is num/den units of the measure; of a currency, its minor digits. */
struct unit_def {
	struct str text;
	enum measure measure;
	struct str currency;
	int64_t num, den;
};
extern const struct unit_def amount_units[];

/* Half-width, simplified, lower case; blanks stay only between digits, a line break is a separator. */
struct str amount_folded(struct arena *a, struct str s);

/* The tokens of a folded text, T_END after the last; what goes past TOKENS_MAX is one T_WORD: prose,
 * not an amount. */
enum { TOKENS_MAX = 120 };
size_t amount_tokens(struct str s, enum measure m, struct token out[TOKENS_MAX + 2]);

/* The longest unit of the measure, multiplier or word that a folded text begins with; a T_WORD of one
 * character where it begins with none. */
struct token amount_word(struct str s, enum measure m);

/* From the start of one token's text to the end of a later one's. */
struct str token_span(struct str from, struct str to);

#endif
