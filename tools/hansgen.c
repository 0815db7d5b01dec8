/* hansgen - writes the table traditional -> simplified character that text.c includes, from ICU's own
 * transliterator: opening that one costs milliseconds, and a sheet has a hundred thousand cells. */
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <stdio.h>

int main(int argc, char **argv) {
	UErrorCode e = U_ZERO_ERROR;
	UChar id[32];
	u_uastrcpy(id, "Traditional-Simplified");
	UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &e);
	FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
	if (U_FAILURE(e) || !out) {
		fprintf(stderr, "hansgen: %s\n", out ? u_errorName(e) : "usage: hansgen FILE");
		return 1;
	}
	fputs("/* Made by tools/hansgen.c from ICU. */\n", out);
	for (UChar c = 0x3400; c < 0xA000; c++) {
		UChar text[8] = {c};
		int32_t n = 1, limit = 1;
		utrans_transUChars(t, text, &n, 8, 0, &limit, &e);
		if (U_SUCCESS(e) && n == 1 && text[0] != c) fprintf(out, "[0x%04X - HANS_FIRST] = 0x%04X,\n", c, text[0]);
	}
	utrans_close(t);
	return fclose(out) != 0;
}
