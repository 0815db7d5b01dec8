#!/usr/bin/env python3
"""script/bench: measures zhaoyin against bare limits of the same run, and writes docs/performance.md.

usage: bench.py BUILD [--quick] [--rows N,N] [--only NAME,..] [--write FILE]

A rate is per CPU-second of the server (user and system time of its processes), so that other load on
the machine moves it little; where time is the thing (writes), it is wall time against the disk
in the same seconds. Runs of the two sides alternate, and the median of the ratios counts.
"""
import argparse
import http.client
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICKS = os.sysconf("SC_CLK_TCK")
PASSWORD = "demo2024-weifang"  # of every demo account; stands in the README
# With id, row_version, created_at_ms and updated_at_ms, which every row has, 15; bench/raw.c has the same.
FIELDS = "code,name,region_code,stage,side,industry_code,investor_text,total_invest_fen,size_band,funds_fen,sign_date"
PAGE = f"/api/v1/projects?stage=SIGNED&limit=50&labels=0&fields={FIELDS}"
IDLE_CONNECTIONS = 10000
SHEET_ROWS = 50000
EXPORT_ROWS = 50000


class Failure(Exception):
    pass


# ---- processes ----

def cpu_seconds(pids):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as f:
                fields = f.read().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def children(pid):
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as f:
                if int(f.read().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def private_kib(pid):
    """What would be free if the process ended: not the pages of files that others read too."""
    anonymous = 0
    with open(f"/proc/{pid}/smaps_rollup") as f:
        for line in f:
            if line.startswith(("Anonymous:", "Swap:")):
                anonymous += int(line.split()[1])
    return anonymous


def out(*command):
    p = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if p.returncode:
        raise Failure(f"{command[0]}: {p.stderr.strip()}")
    return p.stdout


class Zhaoyin:
    """One `zhaoyin serve` on a port of its own."""

    def __init__(self, bench, database, key=None):
        env = dict(os.environ, ZHAOYIN_DB=database, ZHAOYIN_LISTEN="127.0.0.1:0")
        if key:
            env["ZHAOYIN_KEY_FILE"] = key
            env["ZHAOYIN_SEAL_FILE"] = key + ".seal"
        self.process = subprocess.Popen([bench.program, "serve"], env=env, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                break
        else:
            raise Failure("zhaoyin serve did not start")
        url = urllib.parse.urlsplit(line.split()[1])
        self.host, self.port, self.pid = url.hostname, url.port, self.process.pid

    def ask(self, method, path, body=None, cookie=None):
        c = http.client.HTTPConnection(self.host, self.port, timeout=60)
        headers = {"X-Requested-With": "zhaoyin"}
        if cookie:
            headers["Cookie"] = cookie
        if body is not None:
            headers["Content-Type"] = "application/json"
        c.request(method, path, None if body is None else json.dumps(body), headers)
        answer = c.getresponse()
        data = answer.read()
        c.close()
        if answer.status >= 300:
            raise Failure(f"{method} {path}: {answer.status} {data[:200]!r}")
        return answer, data

    def login(self, name):
        answer, _ = self.ask("POST", "/api/v1/session", {"login": name, "password": PASSWORD})
        return answer.getheader("Set-Cookie").split(";")[0]

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


class Nginx:
    """Serves one file, with nothing switched on that costs: no access log, one worker a core."""

    def __init__(self, folder, body, headers=()):
        with open(f"{folder}/constant.json", "wb") as f:
            f.write(body)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        user = "user root;" if os.getuid() == 0 else ""
        added = "".join(f"add_header {name} {json.dumps(value)};\n" for name, value in headers)
        with open(f"{folder}/nginx.conf", "w") as f:
            f.write(f"""{user} worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=10;
default_type application/json; client_body_temp_path {folder}; proxy_temp_path {folder};
fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
server {{ listen 127.0.0.1:{self.port}; root {folder}; {added} }} }}
""")
        self.process = subprocess.Popen(["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"])
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            raise Failure("nginx did not start")

    def pids(self):
        return [self.process.pid] + children(self.process.pid)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


# ---- one rate ----

def wrk(port, path, seconds, pids, cookie=None, script=None, at_once=32):
    """Requests per CPU-second of the processes."""
    command = ["wrk", "-t1", f"-c{at_once}", f"-d{seconds}s"]
    if cookie:
        command += ["-H", f"Cookie: {cookie}"]
    if script:
        command += ["-s", script]
    before = cpu_seconds(pids())
    text = out(*command, f"http://127.0.0.1:{port}{path}")
    spent = cpu_seconds(pids()) - before
    if "Non-2xx" in text or "Socket errors" in text:
        raise Failure(f"{path}: {text}")
    done = int(re.search(r"(\d+) requests in", text).group(1))
    return done / spent


class Row:
    def __init__(self, what, ours, limit, target, unit, is_most=False, why=""):
        self.what, self.ours, self.limit, self.target, self.unit = what, ours, limit, target, unit
        self.is_most, self.why = is_most, why
        self.ratio = ours / limit if limit else ours

    def is_met(self):
        return self.ratio <= self.target if self.is_most else self.ratio >= self.target

    def cells(self):
        sign = "<=" if self.is_most else ">="
        limit = f"{self.limit:,.0f}" if self.limit else "-"
        ours = f"{self.ours:,.1f}" if self.ours < 100 else f"{self.ours:,.0f}"
        ratio = f"{self.ratio:.{2 if self.ratio >= 0.1 else 4}f}" if self.limit else "-"
        return [self.what, f"{ours} {self.unit}", limit, ratio, f"{sign} {self.target:g}",
                "met" if self.is_met() else "NOT met"]


class Bench:
    def __init__(self, args):
        self.build = os.path.abspath(args.build)
        self.program = f"{self.build}/zhaoyin"
        self.runs, self.seconds = (3, 1) if args.quick else (5, 3)
        self.only = args.only
        self.rows = []
        # Beside the build: a real disk, which a temporary folder may not be.
        self.folder = tempfile.mkdtemp(prefix="bench-data-", dir=self.build)

    def tool(self, name, *args):
        return out(f"{self.build}/bench/bench_{name}", *args)

    def wants(self, name):
        return not self.only or name in self.only

    def add(self, *args, **more):
        row = Row(*args, **more)
        self.rows.append(row)
        print("  ".join(row.cells()), flush=True)

    def sides(self, ours, limit):
        """Medians of both sides, measured in turns."""
        pairs = [(ours(), limit()) for _ in range(self.runs)]
        return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)

    # -- cities --

    def city(self, rows):
        path = f"{self.folder}/city-{rows}.db"
        if not os.path.exists(path):
            subprocess.run([self.program, "demo"], env=dict(os.environ, ZHAOYIN_DB=path), check=True, stdout=subprocess.DEVNULL)
            if rows:
                self.tool("fill", path, rows)
        return path

    def ids(self, path):
        """Ids of projects that a user of the first county may see, in no order."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            rows = db.execute("SELECT id FROM project WHERE region_code >= '370783' AND region_code < '370784'"
                              " AND deleted_at_ms IS NULL AND secrecy <> 'SEALED' ORDER BY id * 7919 % 100003 LIMIT 5000").fetchall()
        ids = [r[0] for r in rows]
        with open(f"{self.folder}/ids", "w") as f:
            f.write("".join(f"{i}\n" for i in ids))
        with open(f"{self.folder}/ids.lua", "w") as f:
            f.write("local ids = {" + ",".join(map(str, ids)) + "}\nlocal at = 0\n"
                    "request = function()\n at = at % #ids + 1\n return wrk.format('GET', '/api/v1/projects/' .. ids[at] .. '?labels=0')\nend\n")

    # -- ratios --

    def constant(self):
        z = Zhaoyin(self, self.city(0))
        cookie = z.login("county_staff")
        cases = [("constant answer, no session (/healthz)", "/healthz", None),
                 ("constant answer, session and rights (/api/v1/roles)", "/api/v1/roles", cookie)]
        for what, path, cookie in cases:
            answer, body = z.ask("GET", path, cookie=cookie)
            own = [(n, v) for n, v in answer.getheaders() if n.lower() not in
                   ("date", "content-type", "content-length", "connection", "server", "etag", "last-modified")]
            for label, headers in (("the same body", ()), ("the same body and headers", own)):
                n = Nginx(self.folder, body, headers)
                ours, limit = self.sides(lambda: wrk(z.port, path, self.seconds, lambda: [z.pid], cookie),
                                         lambda: wrk(n.port, "/constant.json", self.seconds, n.pids))
                n.stop()
                self.add(f"{what} / nginx, {label}", ours, limit, 0.6, "per CPU-s")
        z.stop()

    def reads(self, rows):
        path = self.city(rows)
        self.ids(path)
        z = Zhaoyin(self, path)
        cookie = z.login("county_staff")
        ms = self.seconds * 500
        million = f"{rows:,} projects"

        def raw(mode):
            return lambda: float(self.tool("raw", mode, path, ms, f"{self.folder}/ids"))

        def ours(path, script=None):
            return lambda: wrk(z.port, path, self.seconds, lambda: [z.pid], cookie, script)

        self.add(f"point read with rights, {million} / every column by bare SQLite",
                 *self.sides(ours("/", f"{self.folder}/ids.lua"), raw("point")), 0.25, "per CPU-s")
        self.add(f"point read with rights, {million} / the same as JSON by bare SQLite",
                 *self.sides(ours("/", f"{self.folder}/ids.lua"), raw("record")), 0.25, "per CPU-s")
        self.add(f"list page 50 x 15, scope and filter, {million} / bare JSON page",
                 *self.sides(ours(PAGE), raw("page")), 0.70, "per CPU-s")
        z.stop()

    # -- search --

    WORDS = "装备 电池 医药 农机 冷链 化工 声学 预制 氢能 数字 功能 虚拟 玻璃 铝合 纺织 塑料 储能 齿轮 敷料 温室".split()
    LIKE = " OR ".join(f"{c} LIKE {{0}}" for c in
                       "name investor_text name_en code content site chain_node handler note".split())

    def words(self):
        with open(f"{self.folder}/words", "w") as f:
            f.write("".join(f"{w}\n" for w in self.WORDS))
        for name, rest in (("project", "&kind=project"), ("all", "")):
            paths = ",".join(f"'/api/v1/search?limit=20{rest}&q={urllib.parse.quote(w)}'" for w in self.WORDS)
            with open(f"{self.folder}/search-{name}.lua", "w") as f:
                f.write(f"local paths = {{{paths}}}\nlocal at = 0\n"
                        "request = function()\n at = at % #paths + 1\n return wrk.format('GET', paths[at])\nend\n")

    def same_recall(self, path):
        """The index finds what LIKE finds, for each word."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            for word in self.WORDS:
                grams = " OR ".join(f'"p{g}{word}"' for g in "naco")
                ours = db.execute("SELECT count(*) FROM search_gram h JOIN project p ON p.id = (h.rowid - 1) / 8"
                                  " WHERE search_gram MATCH ?", (grams,)).fetchone()[0]
                like = db.execute(f"SELECT count(*) FROM project WHERE {self.LIKE.format('?1')}", (f"%{word}%",)).fetchone()[0]
                if ours != like or not ours:
                    raise Failure(f"{word}: the index has {ours} projects, LIKE {like}")

    def search(self, rows):
        path = self.city(rows)
        out(self.program, "search", "--db", path, "--rebuild")
        self.same_recall(path)
        self.words()
        z = Zhaoyin(self, path)
        cookie = z.login("city_staff")
        for name, what in (("project", "projects"), ("all", "all kinds")):
            ours, limit = self.sides(
                lambda: wrk(z.port, "/", self.seconds, lambda: [z.pid], cookie, f"{self.folder}/search-{name}.lua"),
                lambda: float(self.tool("raw", "like", path, self.seconds * 500, f"{self.folder}/words")))
            self.add(f"search of 2 characters, top 20 ranked, {what}, {rows:,} projects / bare LIKE scan of projects",
                     1e6 / ours, 1e6 / limit, 0.05, "us CPU", is_most=True)
        z.stop()

    def postgres_like(self, url, postmaster, n):
        """CPU seconds of the server for one LIKE scan."""
        psql = subprocess.Popen(["psql", url, "-qAtX", "-c", "SET search_path = bench", "-f", "-"], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)

        def ask(word):
            psql.stdin.write(f"SELECT count(*) FROM project WHERE {self.LIKE.format(repr('%' + word + '%'))};\n")
            psql.stdin.flush()
            return int(psql.stdout.readline())

        ask(self.WORDS[0])
        before = cpu_seconds(children(postmaster))
        for i in range(n):
            ask(self.WORDS[i % len(self.WORDS)])
        spent = cpu_seconds(children(postmaster)) - before
        psql.stdin.close()
        psql.wait()
        return spent / n

    def layer(self):
        path = self.city(100000)
        runs = {}
        for _ in range(self.runs):
            for line in self.tool("layer", path, self.seconds * 500).splitlines():
                name, ours, limit = line.split()
                runs.setdefault(name, []).append((float(ours), float(limit)))
        words = {"one": "a row of 15 columns", "many": "28 rows"}
        for name, pairs in runs.items():
            self.add(f"named query, {words[name]} / sqlite3 calls by hand", statistics.median(p[0] for p in pairs),
                     statistics.median(p[1] for p in pairs), 0.95, "per CPU-s")

    def writes(self, rows):
        path = self.city(rows)
        runs = [list(map(float, self.tool("writes", path, 64, self.seconds * 1000).split())) for _ in range(self.runs)]
        runs.sort(key=lambda r: r[0] / r[3])
        a_second, least, most, syncs = runs[len(runs) // 2]
        self.add(f"durable writes with audit, 64 callers, {rows:,} projects / fdatasync of the disk", a_second, syncs, 2, "a second")
        self.add("fastest / slowest of the 64 callers", most, least, 1.5, "writes", is_most=True)

    def imports(self):
        sheet = f"{self.folder}/list.xlsx"
        self.tool("sheet", sheet, SHEET_ROWS)

        def cpu(*command):
            with open(os.devnull, "w") as null:
                p = subprocess.Popen([self.program, *command, sheet], stdout=null)
                _, status, used = os.wait4(p.pid, 0)
            if status:
                raise Failure(f"zhaoyin {command}: status {status}")
            self.peak = used.ru_maxrss / 1024
            return SHEET_ROWS / (used.ru_utime + used.ru_stime)

        ours, limit = self.sides(lambda: cpu("import", "--dry-run", "--json"), lambda: cpu("sheet", "--csv"))
        self.add(f"import, dry run of {SHEET_ROWS:,} rows / reader alone (sheet --csv)", ours, limit, 0.4, "rows per CPU-s")
        cpu("import", "--dry-run", "--json")
        self.add("the same, most memory", self.peak, None, 64, "MiB", is_most=True)

    def exports(self):
        path = self.city(EXPORT_ROWS)
        csv, xlsx = f"{self.folder}/export.csv", f"{self.folder}/export.xlsx"
        env = dict(os.environ, ZHAOYIN_DB=path)

        def call(kind, to):
            with open(to, "wb") as f:
                p = subprocess.Popen([self.program, "call", "--as", "city_staff", "GET",
                                      f"/api/v1/projects?format={kind}&fields={FIELDS}"], stdout=f, env=env)
                status = 0
                while True:
                    pid, status, used = os.wait4(p.pid, os.WNOHANG)
                    if pid:
                        break
                    try:
                        self.peak = max(self.peak, private_kib(p.pid) / 1024)
                    except (FileNotFoundError, ProcessLookupError):
                        pass
                    time.sleep(0.01)
            if status:
                raise Failure(f"zhaoyin call, format={kind}: status {status}")
            return used

        self.peak = 0
        call("csv", csv)
        self.peak = 0 # of the CSV: not what is asked about
        with open(csv, "rb") as f:
            rows = sum(1 for _ in f) - 1

        def ours():
            used = call("xlsx", xlsx)
            return rows / (used.ru_utime + used.ru_stime)

        ours, limit = self.sides(ours, lambda: float(self.tool("export", csv, f"{self.folder}/limit.xlsx")))
        self.add(f"XLSX export of {rows:,} projects x 12 / libxlsxwriter alone, the same cells", ours, limit, 0.8, "rows per CPU-s")
        self.add("the same, most private memory", self.peak, None, 20, "MiB", is_most=True)

    def postgres(self, rows):
        url = os.environ.get("ZHAOYIN_TEST_PG")
        if not url:
            raise Failure("runs under script/pg-test")
        key = f"{self.folder}/pg.key"
        database = url + "&schema=bench"
        env = dict(os.environ, ZHAOYIN_DB=database, ZHAOYIN_KEY_FILE=key, ZHAOYIN_SEAL_FILE=key + ".seal")
        subprocess.run([self.program, "demo"], env=env, check=True, stdout=subprocess.DEVNULL)
        self.tool("fill", database, rows)
        folder = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)["host"][0]
        with open(f"{folder}/data/postmaster.pid") as f:
            postmaster = int(f.readline())
        lite, pg = Zhaoyin(self, self.city(rows)), Zhaoyin(self, database, key)
        cookies = {z: z.login("county_staff") for z in (lite, pg)}
        # The two that count over every project of the county come to few at a time.
        for what, path, at_once in (("list page", PAGE, 32), ("board", "/api/v1/board", 2), ("workbench", "/api/v1/workbench", 2)):
            ours, limit = self.sides(
                lambda: wrk(pg.port, path, self.seconds, lambda: [pg.pid] + children(postmaster), cookies[pg], at_once=at_once),
                lambda: wrk(lite.port, path, self.seconds, lambda: [lite.pid], cookies[lite], at_once=at_once))
            # As CPU for a page, so that the ratio reads as the target does.
            self.add(f"{what} on PostgreSQL, {rows:,} projects, server and client / on SQLite", 1e6 / ours, 1e6 / limit,
                     6, "us CPU a page", is_most=True)
        if self.wants("search"):
            self.words()
            subprocess.run([self.program, "search", "--rebuild"], env=env, check=True, stdout=subprocess.DEVNULL)
            cookie = pg.login("city_staff")
            ours, limit = self.sides(
                lambda: wrk(pg.port, "/", self.seconds, lambda: [pg.pid] + children(postmaster), cookie, f"{self.folder}/search-project.lua"),
                lambda: 1 / self.postgres_like(url, postmaster, 20))
            self.add(f"search of 2 characters, top 20 ranked, projects, {rows:,} projects, PostgreSQL / LIKE scan there", 1e6 / ours,
                     1e6 / limit, 0.05, "us CPU", is_most=True)
        lite.stop()
        pg.stop()

    def idle_connections(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        want = IDLE_CONNECTIONS + 1000
        resource.setrlimit(resource.RLIMIT_NOFILE, (want, max(hard, want)) if os.getuid() == 0 else (min(want, hard), hard))
        z = Zhaoyin(self, self.city(0))
        z.ask("GET", "/healthz")
        before, held = private_kib(z.pid), []
        for i in range(IDLE_CONNECTIONS):
            s = socket.socket()
            s.bind((f"127.0.1.{1 + i // 500}", 0))  # the server allows so many from one address
            s.connect((z.host, z.port))
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
            if not s.recv(4096).startswith(b"HTTP/1.1 200"):
                raise Failure("an idle connection was refused")
            held.append(s)
        _, text = z.ask("GET", "/metrics")
        is_open = int(re.search(rb"^zhaoyin_http_connections (\d+)", text, re.M).group(1))
        if is_open < IDLE_CONNECTIONS:
            raise Failure(f"only {is_open} connections are open")
        self.add(f"{IDLE_CONNECTIONS:,} idle connections, memory each", (private_kib(z.pid) - before) / IDLE_CONNECTIONS, None, 10,
                 "KiB", is_most=True)
        for s in held:
            s.close()
        z.stop()

    def start_idle_city(self):
        self.idle = Zhaoyin(self, self.city(0))
        self.idle.ask("GET", PAGE, cookie=self.idle.login("county_staff"))
        self.idle_since = time.monotonic()

    def idle_city(self):
        time.sleep(max(0, 61 - (time.monotonic() - self.idle_since)))
        self.add("private memory of the idle demo city, a minute after a log-in", private_kib(self.idle.pid) / 1024, None, 64,
                 "MiB", is_most=True)
        self.idle.stop()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


HEADS = ["what / limit", "ours", "limit", "ratio", "target", ""]


def table(rows):
    cells = [HEADS] + [r.cells() for r in rows]
    wide = [max(len(c[i]) for c in cells) for i in range(len(HEADS))]
    lines = []
    for n, c in enumerate(cells):
        parts = [c[0].ljust(wide[0])] + [c[i].rjust(wide[i]) for i in range(1, len(c))]
        lines.append(("| " + " | ".join(parts) + " |").rstrip())
        if n == 0:
            lines.append("|" + "|".join("-" * (w + 1) + (":" if i else "-") for i, w in enumerate(wide)) + "|")
    return "\n".join(lines)


def write_page(path, rows):
    """The table goes between two marks; the words around it are written by hand."""
    begin, end = "<!-- table: made by script/bench -->", "<!-- end of table -->"
    with open(path) as f:
        text = f.read()
    head, rest = text.split(begin)
    _, tail = rest.split(end)
    with open(path, "w") as f:
        f.write(head + begin + "\n" + table(rows) + "\n" + end + tail)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("build")
    p.add_argument("--quick", action="store_true", help="short runs: to look at a change, not to publish")
    p.add_argument("--rows", default="100000,1000000")
    p.add_argument("--only", type=lambda s: s.split(","), help="constant, reads, search, layer, writes, imports, export, postgres, connections, idle")
    p.add_argument("--write", metavar="FILE", help="put the table into this page")
    args = p.parse_args()
    bench = Bench(args)
    sizes = [int(n) for n in args.rows.split(",")]
    try:
        if bench.wants("idle"):
            bench.start_idle_city()
        if bench.wants("constant"):
            bench.constant()
        for n in sizes:
            if bench.wants("reads"):
                bench.reads(n)
        if bench.wants("search"):
            bench.search(100000)
        if bench.wants("layer"):
            bench.layer()
        for n in sizes:
            if bench.wants("writes"):
                bench.writes(n)
        if bench.wants("imports"):
            bench.imports()
        if bench.wants("export"):
            bench.exports()
        if bench.wants("postgres"):
            bench.postgres(100000)
        if bench.wants("connections"):
            bench.idle_connections()
        if bench.wants("idle"):
            bench.idle_city()
        print("\n" + table(bench.rows))
        if args.write:
            write_page(args.write, bench.rows)
    except Failure as why:
        sys.exit(f"bench: {why}")
    finally:
        bench.close()


if __name__ == "__main__":
    main()
