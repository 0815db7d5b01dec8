/* write.h - an XLSX file written row by row in constant memory, by libxlsxwriter.
 *
 * One sheet: a head row that stays in sight, then rows of cells from left to right. Text is written as
 * text, never as a formula, whatever it begins with. The rows go to temporary files of the library as
 * they come; what is kept in memory is one row. */
#ifndef SHEET_WRITE_H
#define SHEET_WRITE_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct sheet_writer;

/* NULL when no temporary file can be made. Closed with the arena if not before. */
struct sheet_writer *sheet_writer_new(struct arena *a, struct str sheet_name);

/* The head of the next column; widths in characters. Before the first row. */
void sheet_write_head(struct sheet_writer *w, struct str text, int width);

/* A line at the head of every printed page, with the day or whatever else it says; the page's number stands
 * at its foot. Before the end. */
void sheet_write_page_head(struct sheet_writer *w, struct str text);

void sheet_write_empty(struct sheet_writer *w);
void sheet_write_text(struct sheet_writer *w, struct str text);
void sheet_write_number(struct sheet_writer *w, int64_t value, int digits); /* value / 10^digits */
void sheet_write_day(struct sheet_writer *w, int32_t day);                  /* days since 1970-01-01 */
void sheet_write_instant(struct sheet_writer *w, int64_t at_ms);            /* UTC, shown in Asia/Shanghai */
void sheet_write_row_end(struct sheet_writer *w);

/* Finish the file; *bytes lives in the arena. False: the disk is full or the library failed. */
bool sheet_writer_end(struct sheet_writer *w, struct str *bytes);

#endif
