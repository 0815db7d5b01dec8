#include "solve/mip.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The one thing here that outlives a call: a test or an operator may want to see the child. */
static atomic_int child_now;

struct column {
	int64_t cost, max;
	bool is_integer;
};

struct row {
	int32_t at, n;
	int64_t rhs;
};

struct mip {
	struct arena *arena;
	struct column *cols;
	struct row *rows;
	struct mip_entry *entries;
	int32_t n_cols, n_rows, n_entries, cols_room, rows_room, entries_room;
	char dir[64];
};

int mip_child(void) {
	return atomic_load(&child_now);
}

static const char *solver_path(void) {
	static const char *const places[] = {"/usr/bin/cbc", "/usr/local/bin/cbc", NULL};
	for (int k = 0; places[k]; k++)
		if (access(places[k], X_OK) == 0) return places[k];
	return NULL;
}

bool mip_is_there(void) {
	return solver_path() != NULL;
}

static void *grown(struct arena *a, void *old, int32_t n, int32_t *room, size_t size) {
	if (n < *room) return old;
	*room = *room ? *room * 2 : 256;
	void *p = arena_array(a, (size_t)*room, size);
	if (n) memcpy(p, old, (size_t)n * size);
	return p;
}

struct mip *mip_new(struct arena *a) {
	struct mip *m = arena_alloc(a, sizeof *m);
	m->arena = a;
	return m;
}

int32_t mip_column(struct mip *m, int64_t cost, int64_t max, bool is_integer) {
	m->cols = grown(m->arena, m->cols, m->n_cols, &m->cols_room, sizeof *m->cols);
	m->cols[m->n_cols] = (struct column){cost, max, is_integer};
	return m->n_cols++;
}

void mip_row(struct mip *m, const struct mip_entry *e, int32_t n, int64_t rhs) {
	m->rows = grown(m->arena, m->rows, m->n_rows, &m->rows_room, sizeof *m->rows);
	m->rows[m->n_rows++] = (struct row){m->n_entries, n, rhs};
	for (int32_t k = 0; k < n; k++) {
		m->entries =
			grown(m->arena, m->entries, m->n_entries, &m->entries_room, sizeof *m->entries);
		m->entries[m->n_entries++] = e[k];
	}
}

void mip_free(struct mip *m) {
	(void)m; /* all of it lives in the arena; the directory is removed by mip_solve */
}

/* ---- files for the child: free MPS, a start, its answer ---- */

static void put_name(struct buf *b, char letter, int32_t n) {
	buf_byte(b, letter);
	buf_int(b, n);
}

static void put_columns(const struct mip *m, struct buf *b) {
	int32_t *at = arena_array(m->arena, (size_t)m->n_cols + 2, sizeof *at);
	int32_t *row_of = arena_array(m->arena, (size_t)m->n_entries + 1, sizeof *row_of);
	int64_t *coef = arena_array(m->arena, (size_t)m->n_entries + 1, sizeof *coef);
	for (int32_t k = 0; k < m->n_entries; k++) at[m->entries[k].col + 2]++;
	for (int32_t c = 0; c < m->n_cols; c++) at[c + 2] += at[c + 1];
	for (int32_t r = 0; r < m->n_rows; r++)
		for (int32_t k = m->rows[r].at; k < m->rows[r].at + m->rows[r].n; k++) {
			int32_t to = at[m->entries[k].col + 1]++;
			row_of[to] = r;
			coef[to] = m->entries[k].coef;
		}
	bool is_integer = false;
	for (int32_t c = 0; c < m->n_cols; c++) {
		if (m->cols[c].is_integer != is_integer)
			buf_c(b, is_integer ? " M 'MARKER' 'INTEND'\n" : " M 'MARKER' 'INTORG'\n");
		is_integer = m->cols[c].is_integer;
		buf_byte(b, ' ');
		put_name(b, 'x', c);
		buf_c(b, " obj ");
		buf_int(b, m->cols[c].cost);
		buf_byte(b, '\n');
		for (int32_t k = at[c]; k < at[c + 1]; k++) {
			int64_t sum = coef[k]; /* one entry a row and column */
			while (k + 1 < at[c + 1] && row_of[k + 1] == row_of[k]) sum += coef[++k];
			buf_byte(b, ' ');
			put_name(b, 'x', c);
			buf_byte(b, ' ');
			put_name(b, 'r', row_of[k]);
			buf_byte(b, ' ');
			buf_int(b, sum);
			buf_byte(b, '\n');
		}
	}
	if (is_integer) buf_c(b, " M 'MARKER' 'INTEND'\n");
}

static struct str model_text(const struct mip *m) {
	struct buf b = {.arena = m->arena};
	buf_c(&b, "NAME z FREE\nROWS\n N obj\n");
	for (int32_t r = 0; r < m->n_rows; r++) {
		buf_c(&b, " L ");
		put_name(&b, 'r', r);
		buf_byte(&b, '\n');
	}
	buf_c(&b, "COLUMNS\n");
	put_columns(m, &b);
	buf_c(&b, "RHS\n");
	for (int32_t r = 0; r < m->n_rows; r++) {
		if (m->rows[r].rhs == 0) continue;
		buf_c(&b, " RHS ");
		put_name(&b, 'r', r);
		buf_byte(&b, ' ');
		buf_int(&b, m->rows[r].rhs);
		buf_byte(&b, '\n');
	}
	buf_c(&b, "BOUNDS\n");
	for (int32_t c = 0; c < m->n_cols; c++) {
		buf_c(&b, " UP BND ");
		put_name(&b, 'x', c);
		buf_byte(&b, ' ');
		buf_int(&b, m->cols[c].max);
		buf_byte(&b, '\n');
	}
	buf_c(&b, "ENDATA\n");
	return buf_str(&b);
}

static struct str start_text(const struct mip *m, const int64_t *x) {
	struct buf b = {.arena = m->arena};
	buf_c(&b, "Stopped - objective value 0\n");
	for (int32_t c = 0; c < m->n_cols; c++) {
		if (!m->cols[c].is_integer) continue;
		buf_int(&b, c);
		buf_byte(&b, ' ');
		put_name(&b, 'x', c);
		buf_byte(&b, ' ');
		buf_int(&b, x[c]);
		buf_c(&b, " 0\n");
	}
	return buf_str(&b);
}

static void path_of(const struct mip *m, const char *name, char out[128]) {
	snprintf(out, 128, "%s/%s", m->dir, name);
}

static bool write_file(const struct mip *m, const char *name, struct str text) {
	char path[128];
	path_of(m, name, path);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) return false;
	size_t done = 0;
	while (done < text.n) {
		ssize_t n = write(fd, text.p + done, text.n - done);
		if (n < 0 && errno == EINTR) continue;
		if (n <= 0) break;
		done += (size_t)n;
	}
	return close(fd) == 0 && done == text.n;
}

static struct str read_file(const struct mip *m, const char *name) {
	char path[128];
	path_of(m, name, path);
	struct buf b = {.arena = m->arena};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) return (struct str){0};
	for (;;) {
		ssize_t n = read(fd, buf_reserve(&b, 65536), 65536);
		if (n < 0 && errno == EINTR) continue;
		if (n <= 0 || b.n > ((size_t)256 << 20)) break;
		b.n += (size_t)n;
	}
	close(fd);
	return buf_str(&b);
}

static void remove_dir(const struct mip *m) {
	static const char *const names[] = {"model.mps", "start.sol", "out.sol", "log"};
	char path[128];
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		path_of(m, names[k], path);
		unlink(path);
	}
	rmdir(m->dir);
}

/* ---- the child ---- */

static double seconds_now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* After fork: only calls that are safe there. */
static _Noreturn void run_child(const char *dir, char *const argv[], double seconds) {
	struct rlimit cpu = {(rlim_t)(seconds + 5), (rlim_t)(seconds + 8)},
				  memory = {(rlim_t)4 << 30, (rlim_t)4 << 30};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() == 1) _exit(127);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_AS, &memory);
	struct rlimit core = {0, 0};
	setrlimit(RLIMIT_CORE, &core);
	if (chdir(dir) != 0) _exit(127);
	int in = open("/dev/null", O_RDONLY), out = open("log", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (in < 0 || out < 0) _exit(127);
	dup2(in, 0);
	dup2(out, 1);
	dup2(out, 2);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGINT, SIG_IGN); /* Ctrl-C is for the parent, which ends us */
	char *const env[] = {(char *)"LC_ALL=C", NULL};
	execve(argv[0], argv, env);
	_exit(127);
}

/* True when the child ended by itself with status 0. */
static bool wait_child(pid_t pid, double until, const atomic_bool *stop) {
	int status = 0;
	for (;;) {
		pid_t r = waitpid(pid, &status, WNOHANG);
		if (r == pid) break;
		if (r < 0 && errno != EINTR) return false;
		if ((stop && *stop) || seconds_now() > until) {
			kill(pid, SIGKILL);
			while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
			return false;
		}
		nanosleep(&(struct timespec){0, 2000000}, NULL);
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool run(struct mip *m, const struct mip_limits *l) {
	static const char *const fixed[] = {
		"model.mps",     "-threads", "0",         "-ratioGap", "0",
		"-allowableGap", "0",        "-timeMode", "elapsed",   NULL};
	char *argv[32], seconds[32];
	int n = 0;
	argv[n++] = (char *)solver_path();
	for (int k = 0; fixed[k]; k++) argv[n++] = (char *)fixed[k];
	snprintf(seconds, sizeof seconds, "%.2f", l->seconds);
	argv[n++] = (char *)"-sec";
	argv[n++] = seconds;
	if (l->start) {
		argv[n++] = (char *)"-mipstart";
		argv[n++] = (char *)"start.sol";
	}
	if (l->root_only) {
		argv[n++] = (char *)"-heur";
		argv[n++] = (char *)"off";
		argv[n++] = (char *)"-maxNodes";
		argv[n++] = (char *)"0";
	}
	argv[n++] = (char *)"-solve";
	argv[n++] = (char *)"-solu";
	argv[n++] = (char *)"out.sol";
	argv[n] = NULL;
	pid_t pid = fork();
	if (pid < 0) return false;
	if (pid == 0) run_child(m->dir, argv, l->seconds);
	atomic_store(&child_now, pid);
	bool is_good = wait_child(pid, seconds_now() + l->seconds + 0.6, l->stop);
	atomic_store(&child_now, 0);
	return is_good;
}

/* ---- its answer ---- */

/* The number after the last `label` of the log. */
static bool number_after(struct str log, struct str label, double *out) {
	bool found = false;
	ptrdiff_t at;
	while ((at = str_find(log, label)) >= 0) {
		log = str_sub(log, (size_t)at + label.n, log.n);
		char text[64];
		struct str head = str_trim(str_sub(log, 0, 60));
		memcpy(text, head.p, head.n);
		text[head.n] = 0;
		char *end;
		double v = strtod(text, &end);
		if (end == text || !isfinite(v)) continue;
		*out = v;
		found = true;
	}
	return found;
}

static bool read_solution(const struct mip *m, struct str text, int64_t *x) {
	struct str line;
	if (!str_split(&text, '\n', &line)) return false;
	while (str_split(&text, '\n', &line)) {
		struct str rest = str_trim(line), word;
		int field = 0;
		int64_t col = -1;
		double v = 0;
		while (str_split(&rest, ' ', &word)) {
			if (word.n == 0 || str_eq(word, S("**"))) continue;
			if (field == 1 && (word.p[0] != 'x' || !str_int(str_sub(word, 1, word.n), &col)))
				return false;
			if (field == 2) v = strtod(str_cstr(m->arena, word), NULL);
			field++;
		}
		if (field < 3) continue;
		if (col < 0 || col >= m->n_cols || !isfinite(v) || fabs(v) > 9e15) return false;
		x[col] = llround(v);
	}
	return true;
}

static struct mip_answer read_answer(struct mip *m) {
	struct mip_answer r = {.x = arena_array(m->arena, (size_t)m->n_cols + 1, sizeof(int64_t))};
	struct str log = read_file(m, "log"), sol = read_file(m, "out.sol");
	bool is_optimal = str_has(log, S("Result - Optimal solution found"));
	if (str_has(log, S("Result - Problem proven infeasible")) ||
		str_has(log, S("Problem is infeasible")) || str_starts(sol, S("Infeasible")) ||
		str_starts(sol, S("Integer infeasible"))) {
		r.status = MIP_INFEASIBLE;
		return r;
	}
	double bound;
	/* "best possible" is printed as it improves; "changed objective from a to b" after the root */
	if (number_after(log, S("Lower bound: "), &bound) ||
		number_after(log, S("best possible "), &bound) ||
		number_after(log, S("cuts changed objective from "), &bound)) {
		r.has_bound = true;
		r.bound = bound;
	}
	double value;
	bool has_value = number_after(log, S("Objective value: "), &value);
	bool has_plan = has_value && value < 1e40 && !str_has(log, S("No feasible solution found")) &&
					read_solution(m, sol, r.x);
	if (!has_plan) return r;
	r.status = is_optimal ? MIP_OPTIMAL : MIP_FOUND;
	if (is_optimal) {
		r.has_bound = true;
		r.bound = value;
	}
	return r;
}

struct mip_answer mip_solve(struct mip *m, const struct mip_limits *limits) {
	struct mip_answer none = {MIP_NONE, NULL, false, 0};
	if (!mip_is_there() || limits->seconds <= 0) return none;
	const char *tmp = getenv("TMPDIR");
	if (!tmp || tmp[0] != '/' || strlen(tmp) > 40) tmp = "/tmp";
	snprintf(m->dir, sizeof m->dir, "%s/zhaoyin-XXXXXX", tmp);
	if (!mkdtemp(m->dir)) return none;
	bool is_good = write_file(m, "model.mps", model_text(m)) &&
				   (!limits->start || write_file(m, "start.sol", start_text(m, limits->start))) &&
				   run(m, limits);
	struct mip_answer r = is_good ? read_answer(m) : none;
	remove_dir(m);
	return r;
}
