/* pinyingen - writes the readings of Han characters, without tones, that pinyin.c includes: one of
 * each from ICU's transliterator, which costs too much to ask while a city works, and all those of
 * data/readings.txt. ü is written v, and once more u, as people type it. */
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <stdio.h>
#include <string.h>

enum { FIRST = 0x3400, LAST = 0x9FFF, SYLLABLES_MAX = 2000, MANY_MAX = 2000, READINGS_MAX = 4, BASE_MANY = 2000 };

static char syllables[SYLLABLES_MAX][8];
static int syllables_n = 1; /* 0 = none */
static int of[LAST - FIRST + 1][READINGS_MAX];

static int syllable(const char *text) {
	for (int i = 1; i < syllables_n; i++)
		if (strcmp(syllables[i], text) == 0) return i;
	if (syllables_n == SYLLABLES_MAX || strlen(text) > 6) return 0;
	strcpy(syllables[syllables_n], text);
	return syllables_n++;
}

static void add(int cp, const char *text) {
	int *r = of[cp - FIRST], s = syllable(text);
	for (int i = 0; s && i < READINGS_MAX; i++) {
		if (r[i] == s) return;
		if (r[i]) continue;
		r[i] = s;
		return;
	}
}

/* Letters a-z and v of a reading; false where ICU has none. */
static int letters(const UChar *from, int32_t n, char u_umlaut, char out[8]) {
	int k = 0;
	for (int32_t i = 0; i < n; i++) {
		UChar c = from[i];
		if (c == 0xFC) c = (UChar)u_umlaut;
		if (c == ' ' || c == '\'') continue;
		if (c < 'a' || c > 'z' || k == 6) return 0;
		out[k++] = (char)c;
	}
	out[k] = 0;
	return k;
}

static int from_icu(void) {
	UErrorCode e = U_ZERO_ERROR;
	UChar id[128];
	u_uastrcpy(id, "Han-Latin; NFD; [[:Mn:]-[\\u0308]] Remove; NFC; Lower");
	UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
	if (U_FAILURE(e)) {
		fprintf(stderr, "pinyingen: %s\n", u_errorName(e));
		return 1;
	}
	for (int cp = FIRST; cp <= LAST; cp++) {
		UChar text[32] = {(UChar)cp};
		int32_t n = 1, limit = 1;
		char plain[8];
		e = U_ZERO_ERROR;
		utrans_transUChars(t, text, &n, 32, 0, &limit, &e);
		if (U_FAILURE(e)) continue;
		if (letters(text, n, 'v', plain)) add(cp, plain);
		if (letters(text, n, 'u', plain)) add(cp, plain);
	}
	utrans_close(t);
	return 0;
}

static int from_file(const char *path) {
	char line[256];
	FILE *f = fopen(path, "r");
	if (!f) return 1;
	while (fgets(line, sizeof line, f)) {
		int cp = 0;
		if (line[0] == '#') continue;
		for (char *part = strtok(line, " \n"); part; part = strtok(NULL, " \n")) {
			const unsigned char *u = (const unsigned char *)part;
			if (cp) add(cp, part);
			else cp = (u[0] & 0x0F) << 12 | (u[1] & 0x3F) << 6 | (u[2] & 0x3F);
			if (cp < FIRST || cp > LAST) return 1;
		}
	}
	return fclose(f) != 0;
}

int main(int argc, char **argv) {
	FILE *out = argc == 3 ? fopen(argv[2], "w") : NULL;
	if (!out || from_icu() || from_file(argv[1])) {
		fputs("pinyingen: usage: pinyingen data/readings.txt FILE\n", stderr);
		return 1;
	}
	fprintf(out, "/* Made by tools/pinyingen.c from ICU and data/readings.txt. */\nenum { PINYIN_FIRST = 0x%X, PINYIN_LAST = 0x%X, PINYIN_MANY = %d };\n",
		FIRST, LAST, BASE_MANY);
	fputs("static const char syllables[][8] = {\n\"\",\n", out);
	for (int i = 1; i < syllables_n; i++) fprintf(out, "\"%s\",\n", syllables[i]);
	fputs("};\nstatic const uint16_t many[][4] = {\n", out);
	for (int c = 0; c <= LAST - FIRST; c++)
		if (of[c][1]) fprintf(out, "{%d, %d, %d, %d},\n", of[c][0], of[c][1], of[c][2], of[c][3]);
	fputs("};\nstatic const uint16_t readings[] = {\n", out);
	for (int c = 0, m = 0; c <= LAST - FIRST; c++) fprintf(out, "%d,\n", of[c][1] ? BASE_MANY + m++ : of[c][0]);
	fputs("};\n", out);
	return fclose(out) != 0;
}
