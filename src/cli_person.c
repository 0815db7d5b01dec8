/* cli_person.c - `zhaoyin person`: one person's data from the server's console. Each word is one request of the
 * API, so its rights and its audit are those of the account that it acts as. */
#include "base/buf.h"
#include "base/json.h"
#include "cli.h"
#include "cli_words.h"

#include <stdio.h>

struct args {
	struct str words[1];
	size_t words_n;
	struct str reason, until, format;
};

static const struct cli_word options[] = {
	{"--reason", offsetof(struct args, reason), false}, {"--until", offsetof(struct args, until), false},
	{"--format", offsetof(struct args, format), false},
};
enum { OPTIONS = sizeof options / sizeof *options };

static const struct {
	const char *name;
	bool is_read;
	const char *usage;
} commands[] = {
	{"show", true, "show CONTACT                                   who it is, masked; holds and requests"},
	{"export", false, "export CONTACT [--reason TEXT] [--format csv]  all of it"},
	{"hold", false, "hold CONTACT --reason TEXT [--until DAY]        keep from erasure"},
	{"release", false, "release CONTACT                                end the hold"},
	{"refuse", false, "refuse CONTACT --reason TEXT                   note why not"},
	{"erase", false, "erase CONTACT --reason TEXT                    for good"},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int usage(void) {
	fputs("usage:\n", stderr);
	for (size_t i = 0; i < COMMANDS; i++) fprintf(stderr, "  zhaoyin person %s\n", commands[i].usage);
	fputs("with --as LOGIN: the account that does it; CONTACT is the number of one of the person's contacts\n", stderr);
	return 2;
}

static struct str body_of(struct arena *a, const struct args *w) {
	struct buf b = {.arena = a};
	struct json j = {.out = &b};
	json_obj(&j);
	if (w->reason.n) json_put_str(&j, "reason", w->reason);
	if (w->until.n) json_put_str(&j, "until_date", w->until);
	if (w->format.n) json_put_str(&j, "format", w->format);
	json_end(&j);
	return buf_str(&b);
}

static struct str path_of(struct arena *a, struct str contact, const char *verb) {
	struct buf b = {.arena = a};
	buf_c(&b, "/api/v1/persons/");
	buf_add(&b, contact);
	if (verb) buf_byte(&b, '/');
	if (verb) buf_c(&b, verb);
	return buf_str(&b);
}

int cli_person(const struct cli_options *o, int argc, char **argv) {
	struct arena a = {0};
	struct args w = {0};
	size_t i = 0;
	int64_t contact;
	bool is_read = argc >= 2 && o->as.n && cli_words(argc, argv, 2, options, OPTIONS, &w, w.words, 1, &w.words_n);
	while (is_read && i < COMMANDS && !str_eq(str_c(commands[i].name), str_c(argv[1]))) i++;
	if (!is_read || i == COMMANDS || w.words_n != 1 || !str_int(w.words[0], &contact)) return usage();
	const char *path = str_cstr(&a, path_of(&a, w.words[0], commands[i].is_read ? NULL : commands[i].name));
	const char *body = commands[i].is_read ? NULL : str_cstr(&a, body_of(&a, &w));
	const char *const call[] = {"call", commands[i].is_read ? "GET" : "POST", path, body, "Content-Type: application/json", NULL};
	char *args[6];
	for (size_t k = 0; k < 6; k++) args[k] = (char *)(uintptr_t)call[k];
	int status = cli_call(o, commands[i].is_read ? 3 : 5, args);
	arena_release(&a);
	return status;
}
