#!/usr/bin/env python3
"""The real program on a demo city, asked for several times what it can do: /healthz answers all the while, what is
turned away is told so, memory stays bounded, and afterwards everything is as before.

Usage: overload.py ZHAOYIN [CONNECTIONS [SECONDS]]. Short in the suite; `overload.py build/zhaoyin 10000 60` by hand."""

import atexit
import collections
import http.client
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ZHAOYIN = os.path.abspath(sys.argv[1])
IDLE = int(sys.argv[2]) if len(sys.argv) > 2 else 400
SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 4
CALLERS = 5 * 4 * (os.cpu_count() or 1)
GROWTH_KIB = 192 << 10  # log-ins hold 64 MiB each, on as many cores as there are
PASSWORD = "demo2024-weifang"
FORGED = {"X-Requested-With": "zhaoyin", "Content-Type": "application/json"}


def private_kib(pid):
    text = open(f"/proc/{pid}/smaps_rollup").read()
    return sum(int(n) for n in re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+)", text, re.M))


def ask(port, method, path, body=None, headers=None):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        c.request(method, path, body, headers or {})
        answer = c.getresponse()
        return answer.status, answer.read(), answer.getheader("Set-Cookie")
    finally:
        c.close()


def flood(port, cookie, until, seen, lock):
    paths = ["/api/v1/projects?limit=200&count=1", "/api/v1/projects?q=%E9%A1%B9%E7%9B%AE", "/api/v1/projects?format=csv", "/", "/api/v1/nothing"]
    n = 0
    while time.monotonic() < until:
        n += 1
        try:
            if n % 7 == 0:
                got = ask(port, "POST", "/api/v1/session", json.dumps({"login": "nobody%d" % n, "password": "x" * 12}), FORGED)[0]
            elif n % 5 == 0:
                got = ask(port, "POST", "/api/v1/projects", "{\"name\":\"\"}", {**FORGED, "Cookie": cookie})[0]
            else:
                got = ask(port, "GET", paths[n % len(paths)], None, {"Cookie": cookie})[0]
        except (OSError, http.client.HTTPException):
            got = "closed"
        with lock:
            seen[got] += 1


def main():
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(IDLE + CALLERS + 200, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, "city.db")
        subprocess.run([ZHAOYIN, "demo", "--db", db], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([ZHAOYIN, "serve", "--db", db, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        atexit.register(server.kill)
        port = next(int(line.rsplit(":", 1)[1]) for line in server.stdout if line.startswith("ready "))
        login = json.dumps({"login": "city_staff", "password": PASSWORD})
        status, body, cookie = ask(port, "POST", "/api/v1/session", login, FORGED)
        assert status == 200, body
        cookie = cookie.split(";")[0]
        for _ in range(20):
            ask(port, "GET", "/api/v1/projects?limit=200", None, {"Cookie": cookie})
        before = private_kib(server.pid)
        idle = []
        for i in range(IDLE):  # one address may have a thousand
            s = socket.create_connection(("127.0.0.1", port), source_address=(f"127.0.{1 + i // 800}.1", 0))
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
            idle.append(s)
        seen, lock, until = collections.Counter(), threading.Lock(), time.monotonic() + SECONDS
        callers = [threading.Thread(target=flood, args=(port, cookie, until, seen, lock)) for _ in range(CALLERS)]
        for t in callers:
            t.start()
        health, worst = 0, 0.0
        while time.monotonic() < until:
            started = time.monotonic()
            assert ask(port, "GET", "/healthz")[0] == 200
            worst = max(worst, time.monotonic() - started)
            health += 1
        for t in callers:
            t.join()
        grown = private_kib(server.pid) - before
        for s in idle:
            s.close()
        print(f"       {sum(seen.values())} answers {dict(seen)}, {IDLE} idle, /healthz {health} times, slowest {worst * 1000:.0f} ms, memory {grown} KiB more")
        assert server.poll() is None, "it ended"
        assert health > 0 and seen[200] > 0
        assert not set(seen) - {200, 401, 404, 422, 429, 503, "closed"}, seen
        assert grown < GROWTH_KIB or "SANITIZED" in os.environ
        status, body, _ = ask(port, "GET", "/api/v1/projects?limit=1&count=1", None, {"Cookie": cookie})
        assert status == 200 and json.loads(body)["total"] > 0
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    print("ok - overload")


main()
