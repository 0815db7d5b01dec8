/* number.h - numbers and date serials of cells as text.
 *
 * The file format stores IEEE doubles, so this is the one place in this folder that computes with
 * them: the text of a number is the shortest that reads back as the same double. */
#ifndef SHEET_NUMBER_H
#define SHEET_NUMBER_H

#include "sheet/numfmt.h"
#include "sheet/sheet.h"

#include "base/buf.h"

/* A finite number and nothing else (white space around it is allowed). */
bool number_parse(struct str raw, double *out);

/* The text for a stored number: `raw` itself where it is the shortest form already, else written to
 * the end of `out`. False: raw is no number. Plain digits up to 21 of them, else 1E+25. */
bool number_text(struct str raw, struct buf *out, struct str *text);

/* A serial under a date format into kind, text (at the end of `out`) and day. False: it is shown as
 * a number (negative, or after 9999-12-31). Serial 1 = 1900-01-01; 60 is the day 1900-02-29 that
 * never was: its text says so, its day is the 28th. Seconds are rounded. */
bool serial_cell(double serial, enum fmt_kind kind, bool is_1904, struct buf *out, struct cell *c);

/* t="d": 2024-04-10, 2024-04-10T09:30:00(.000)(Z), 09:30:00. False: something else. */
bool iso_cell(struct str iso, struct buf *out, struct cell *c);

#endif
