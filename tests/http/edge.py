"""What the scripts of this folder share: the server under test, and HTTP as raw bytes.

Nothing here waits for a length of time: it waits for bytes, for the end of a connection, or for a
state that the server reports; DEADLINE only ends a test that hangs.
"""
import os
import signal
import socket
import subprocess
import sys
import time

DEADLINE = 60


class Server:
    """The fake server, for one `with` block; it must stop cleanly at the end."""

    def __init__(self, **options):
        self.options = options
        self.want_exit = 0

    def __enter__(self):
        args = [sys.argv[1]] + ["%s=%s" % pair for pair in self.options.items()]
        self.process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("ready "), line + self.process.stderr.read()
        self.url = line.split()[1]
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            out, self.log = self.process.communicate(timeout=DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        if kind is None:
            assert self.process.returncode == 0, "exit %s\n%s" % (self.process.returncode, self.log)
            assert out == "stopped\n", out

    def connect(self):
        return Connection(self.port)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def ask(self, method, path, body=None, **headers):
        with self.connect() as c:
            c.send(request(method, path, body, **headers))
            return c.answer(method)

    def metric(self, name):
        for line in self.get("/metrics").body.decode().splitlines():
            if line.startswith("zhaoyin_%s " % name):
                return float(line.split()[1])
        raise KeyError(name)

    def until(self, is_so, what):
        """Ask until is_so() holds; the state must come."""
        end = time.monotonic() + DEADLINE
        while not is_so():
            assert time.monotonic() < end, "never: " + what
            time.sleep(0.01)

    def private_kib(self):
        with open("/proc/%d/smaps_rollup" % self.process.pid, encoding="ascii") as rows:
            return sum(int(row.split()[1]) for row in rows if row.startswith("Private_"))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        values = [v for n, v in self.headers if n.lower() == name.lower()]
        assert len(values) <= 1, (name, values)
        return values[0] if values else None


class Closed(Exception):
    """The server closed the connection where an answer could have begun."""


class Connection:
    def __init__(self, port, sock=None):
        self.socket = sock or socket.create_connection(("127.0.0.1", port), timeout=DEADLINE)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def more(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.rest += data
        return bool(data)

    def until(self, mark):
        while mark not in self.rest:
            if not self.more():
                raise Closed(self.rest)
        head, self.rest = self.rest.split(mark, 1)
        return head

    def take(self, n):
        while len(self.rest) < n:
            if not self.more():
                raise Closed(self.rest)
        data, self.rest = self.rest[:n], self.rest[n:]
        return data

    def chunk(self):
        n = int(self.until(b"\r\n"), 16)
        data = self.take(n)
        assert self.take(2) == b"\r\n"
        return data

    def head(self):
        lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = [tuple(line.split(": ", 1)) for line in lines[1:]]
        return Answer(int(lines[0].split()[1]), headers, b"")

    def answer(self, method="GET"):
        answer = self.head()
        length = answer.header("Content-Length")
        if method == "HEAD" or answer.status in (100, 204, 304):
            return answer
        if answer.header("Transfer-Encoding") == "chunked":
            while True:
                data = self.chunk()
                if not data:
                    return answer
                answer.body += data
        answer.body = self.take(int(length))
        return answer

    def at_end(self):
        """Read to the end; true when nothing but the end came."""
        while self.more():
            pass
        return self.rest == b""


def request(method, path, body=None, **headers):
    fields = {"Host": "h", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if body is not None:
        fields.setdefault("Content-Length", str(len(body)))
    lines = ["%s %s HTTP/1.1" % (method, path)] + ["%s: %s" % pair for pair in fields.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"")


def run(*tests):
    """Run each test; print one line for each, in the form that meson shows."""
    failed = 0
    for test in tests:
        began = time.monotonic()
        try:
            test()
            word = "ok"
        except Exception as error:  # a test may fail in any way; all are shown
            import traceback
            traceback.print_exc()
            word, failed = "FAILED", failed + 1
        print("%-6s %s (%.1f s)" % (word, test.__name__.replace("_", " "), time.monotonic() - began), flush=True)
    sys.exit(1 if failed else 0)


assert os.access(sys.argv[1], os.X_OK), "usage: SCRIPT.py PATH/http_fake_server"
