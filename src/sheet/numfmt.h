/* numfmt.h - which number formats show a date: "yyyy\"年\"m\"月\";@" does, "\"元\"0.00" does not.
 *
 * A format has up to four sections (positive; negative; zero; text), or sections with conditions
 * ([>=100]); each is judged for itself. */
#ifndef SHEET_NUMFMT_H
#define SHEET_NUMFMT_H

#include "base/str.h"

enum fmt_kind {
	FMT_NUMBER,
	FMT_DATE,  /* shows a year, month or day, perhaps a time too */
	FMT_TIME,  /* a time of day only */
	FMT_SPAN,  /* [h]:mm, a duration: hours go on past 24 */
};

struct numfmt {
	struct fmt_section {
		enum fmt_kind kind;
		char op;       /* '<', '>', '=', 'l' <=, 'g' >=, 'n' <>; 0 = no condition */
		double limit;
	} section[4];
	int n;
	bool is_plain;     /* no section shows a date: the usual case, decided without the value */
};

struct numfmt numfmt_parse(struct str code);
struct numfmt numfmt_builtin(int64_t id); /* the numbers that a file need not define */
enum fmt_kind numfmt_kind(const struct numfmt *f, double v);

#endif
