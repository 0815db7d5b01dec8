#include "sheet/kind.h"

#include <string.h>

static const struct str nowhere = {0};

/* Files that open with these bytes are no lists. */
static const struct {
	struct str magic;
	const char *rule;
	struct str why;
} magics[] = {
	{S_("%PDF"), "sheet_other", S_("this is a PDF: give the workbook that it was made from")},
	{S_("{\\rtf"), "sheet_other",
	 S_("this is a rich text document (.rtf): copy its table into a workbook")},
	{S_("\x89PNG"), "sheet_other", S_("this is a picture: give the workbook")},
	{S_("\xFF\xD8\xFF"), "sheet_other", S_("this is a picture: give the workbook")},
	{S_("GIF8"), "sheet_other", S_("this is a picture: give the workbook")},
	{S_("Rar!"), "sheet_other",
	 S_("this is an archive (.rar): unpack it and give the workbook in it")},
	{S_("7z\xBC\xAF"), "sheet_other",
	 S_("this is an archive (.7z): unpack it and give the workbook in it")},
	{S_("\x1F\x8B"), "sheet_other",
	 S_("this is an archive (.gz): unpack it and give the workbook in it")},
	{S_("SQLite format 3"), "sheet_other", S_("this is a database: export its table as CSV")},
	{S_("MIME-Version:"), "sheet_html", S_("this is a web page (.mht): save it as .xlsx")},
	{S_("\x09\x00\x04\x00"), "sheet_xls", S_("this is an old .xls workbook: save it as .xlsx")},
	{S_("\x09\x02\x06\x00"), "sheet_xls", S_("this is an old .xls workbook: save it as .xlsx")},
	{S_("\x09\x04\x06\x00"), "sheet_xls", S_("this is an old .xls workbook: save it as .xlsx")},
};

/* Names of streams in the container that old Office files and encrypted new ones share ([MS-CFB]).
 * The first that is found tells; an encrypted .xlsx holds EncryptedPackage and nothing else. */
static const struct {
	struct str stream; /* UTF-16LE */
	const char *rule;
	struct str why;
} streams[] = {
	{S_("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "sheet_encrypted",
	 S_("the workbook has a password: open it, remove the password and save it again")},
	{S_("W\0o\0r\0k\0b\0o\0o\0k\0"), "sheet_xls",
	 S_("this is an old .xls workbook: open it and save it as .xlsx")},
	{S_("B\0o\0o\0k\0"), "sheet_xls", S_("this is an old .xls workbook: open it and save it as .xlsx")},
	{S_("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "sheet_other",
	 S_("this is an old Word document (.doc): copy its table into a workbook and save it as .xlsx")},
	{S_("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0"), "sheet_other",
	 S_("this is an old presentation (.ppt): copy its table into a workbook and save it as .xlsx")},
};

static enum err old_office(struct str bytes, struct sheet_problem *p) {
	for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
		if (str_has(bytes, streams[i].stream))
			return refuse(p, ERR_INVALID, streams[i].rule, nowhere, streams[i].why);
	return refuse(p, ERR_INVALID, "sheet_other", nowhere,
	              S("this is an old Office file, but no workbook: save the list as .xlsx"));
}

/* Web pages and XML are often named .xls. Judged after a mark and white space. */
static enum err markup(struct arena *a, struct str bytes, struct sheet_problem *p) {
	static const struct str starts[] = {S_("<html"), S_("<!doctype"), S_("<table"), S_("<head"),
	                                    S_("<meta"), S_("<?xml"), S_("<?mso"), S_("<workbook"),
	                                    S_("<!--")};
	if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_sub(bytes, 3, bytes.n);
	struct str head = str_lower(a, str_sub(str_trim(str_sub(bytes, 0, 4096)), 0, 16));
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(head, starts[i]))
			return refuse(p, ERR_INVALID, "sheet_html", nowhere,
			              S("this is a web page or XML under the name of a workbook: open it with a "
			                "spreadsheet program and save it as .xlsx"));
	return ERR_OK;
}

static bool is_named_xlsx(struct arena *a, struct str name) {
	struct str s = str_lower(a, name);
	return str_ends(s, S(".xlsx")) || str_ends(s, S(".xlsm")) || str_ends(s, S(".xltx")) ||
	       str_ends(s, S(".xltm")) || str_ends(s, S(".xlsb"));
}

static enum err not_xlsx(struct sheet_problem *p) {
	return refuse(p, ERR_INVALID, "sheet_not_xlsx", nowhere,
	              S("the file is named as a workbook and is none: if it is text, name it .csv; if it "
	                "is damaged, get it again"));
}

enum err kind_of_file(struct arena *a, struct str name, struct str bytes, enum file_kind *out,
                      struct sheet_problem *problem) {
	if (!bytes.n)
		return refuse(problem, ERR_INVALID, "sheet_empty", nowhere,
		              S("the file is empty: give the one with the rows"));
	if (str_starts(bytes, S("PK\x03\x04")) || str_starts(bytes, S("PK\x05\x06"))) {
		*out = KIND_ZIP;
		return ERR_OK;
	}
	if (str_starts(bytes, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) return old_office(bytes, problem);
	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (str_starts(bytes, magics[i].magic))
			return refuse(problem, ERR_INVALID, magics[i].rule, nowhere, magics[i].why);
	enum err e = markup(a, bytes, problem);
	if (e) return e;
	if (is_named_xlsx(a, name)) return not_xlsx(problem);
	*out = KIND_TEXT;
	return ERR_OK;
}
