#include "sheet/write.h"

#include "base/buf.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { DIGITS_MAX = 7, CELL_MAX_BYTES = 32000 };
static const int64_t SHANGHAI_S = 8 * 3600;

struct sheet_writer {
	struct arena *arena;   /* of the file's bytes */
	struct arena row;      /* of one row's texts */
	char path[128];
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *head, *day, *instant, *number[DIGITS_MAX + 1];
	lxw_row_t at;
	lxw_col_t col;
	bool has_failed;
};

static void close_book(struct sheet_writer *w) {
	if (!w->book) return;
	if (workbook_close(w->book)) w->has_failed = true;
	w->book = NULL;
}

static void drop(void *arg) {
	struct sheet_writer *w = arg;
	close_book(w);
	if (w->path[0]) unlink(w->path);
	arena_release(&w->row);
}

static bool make_file(struct sheet_writer *w) {
	const char *folder = getenv("TMPDIR");
	struct str dir = folder && *folder ? str_c(folder) : S("/tmp"), name = S("/zhaoyin-XXXXXX");
	if (dir.n + name.n >= sizeof w->path) dir = S("/tmp");
	memcpy(w->path, dir.p, dir.n);
	memcpy(w->path + dir.n, name.p, name.n);
	int fd = mkstemp(w->path);
	if (fd >= 0) close(fd);
	else w->path[0] = 0;
	return fd >= 0;
}

static void make_formats(struct sheet_writer *w) {
	static const char *const numbers[DIGITS_MAX + 1] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000",
		"#,##0.00000", "#,##0.00####", "0.0000000"};
	w->head = workbook_add_format(w->book);
	format_set_bold(w->head);
	format_set_text_wrap(w->head);
	w->day = workbook_add_format(w->book);
	format_set_num_format(w->day, "yyyy-mm-dd");
	w->instant = workbook_add_format(w->book);
	format_set_num_format(w->instant, "yyyy-mm-dd hh:mm");
	for (int i = 0; i <= DIGITS_MAX; i++) {
		w->number[i] = workbook_add_format(w->book);
		format_set_num_format(w->number[i], numbers[i]);
	}
}

/* As the library wants texts: ended by NUL, and no longer than a cell holds. */
static const char *c_text(struct sheet_writer *w, struct str s) {
	size_t n = s.n < CELL_MAX_BYTES ? s.n : CELL_MAX_BYTES;
	while (n < s.n && n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
	char *p = arena_alloc(&w->row, n + 1);
	if (n) memcpy(p, s.p, n);
	return p;
}

struct sheet_writer *sheet_writer_new(struct arena *a, struct str sheet_name) {
	struct sheet_writer *w = arena_alloc(a, sizeof *w);
	w->arena = a;
	if (!make_file(w)) return NULL;
	arena_defer(a, drop, w);
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = NULL};
	w->book = workbook_new_opt(w->path, &options);
	w->sheet = w->book ? workbook_add_worksheet(w->book, c_text(w, sheet_name)) : NULL;
	if (!w->sheet) return NULL;
	make_formats(w);
	worksheet_freeze_panes(w->sheet, 1, 1);
	return w;
}

static void note(struct sheet_writer *w, lxw_error e) {
	if (e) w->has_failed = true;
	w->col++;
}

void sheet_write_head(struct sheet_writer *w, struct str text, int width) {
	worksheet_set_column(w->sheet, w->col, w->col, width, NULL);
	note(w, worksheet_write_string(w->sheet, w->at, w->col, c_text(w, text), w->head));
}

/* & begins a code of the format; 255 characters are its limit. */
void sheet_write_page_head(struct sheet_writer *w, struct str text) {
	enum { MOST = 120 };
	struct buf b = {.arena = &w->row};
	struct str rest = str_cp_head(text, MOST);
	buf_c(&b, "&C&\"-,Bold\"");
	for (size_t i = 0; i < rest.n; i++) {
		buf_byte(&b, rest.p[i]);
		if (rest.p[i] == '&') buf_byte(&b, '&');
	}
	if (worksheet_set_header(w->sheet, c_text(w, buf_str(&b)))) w->has_failed = true;
	if (worksheet_set_footer(w->sheet, "&C&P / &N")) w->has_failed = true;
}

void sheet_write_empty(struct sheet_writer *w) {
	w->col++;
}

void sheet_write_text(struct sheet_writer *w, struct str text) {
	if (text.n) note(w, worksheet_write_string(w->sheet, w->at, w->col, c_text(w, text), NULL));
	else w->col++;
}

/* The library, as the file format, knows numbers as doubles: what we store has up to 16 digits, and a
 * quotient by a power of ten prints with them again. */
void sheet_write_number(struct sheet_writer *w, int64_t value, int digits) {
	int64_t by = 1;
	int d = digits < 0 ? 0 : digits > DIGITS_MAX ? DIGITS_MAX : digits;
	for (int i = 0; i < d; i++) by *= 10;
	note(w, worksheet_write_number(w->sheet, w->at, w->col, (double)value / (double)by, w->number[d]));
}

void sheet_write_day(struct sheet_writer *w, int32_t day) {
	note(w, worksheet_write_unixtime(w->sheet, w->at, w->col, (int64_t)day * 86400, w->day));
}

void sheet_write_instant(struct sheet_writer *w, int64_t at_ms) {
	note(w, worksheet_write_unixtime(w->sheet, w->at, w->col, at_ms / 1000 + SHANGHAI_S, w->instant));
}

void sheet_write_row_end(struct sheet_writer *w) {
	w->at++;
	w->col = 0;
	arena_reset(&w->row);
}

static bool read_file(struct sheet_writer *w, struct str *out) {
	struct stat st;
	int fd = open(w->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) || st.st_size <= 0) {
		if (fd >= 0) close(fd);
		return false;
	}
	size_t size = (size_t)st.st_size, n = 0;
	char *p = arena_alloc(w->arena, size);
	for (ssize_t got = 1; n < size && got > 0; n += got > 0 ? (size_t)got : 0) got = read(fd, p + n, size - n);
	close(fd);
	*out = (struct str){p, size};
	return n == size;
}

bool sheet_writer_end(struct sheet_writer *w, struct str *bytes) {
	close_book(w);
	return !w->has_failed && read_file(w, bytes);
}
