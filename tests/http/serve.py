#!/usr/bin/env python3
"""What well-behaved clients get: headers, compression, files, streams, TLS, proxies, metrics."""
import contextlib
import gzip
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import tempfile
import warnings

from edge import Connection, Server, request, run

ALWAYS = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
          "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "X-Request-Id", "Cache-Control", "Date"]


def echo(server, path="/api/v1/echo", **headers):
    answer = server.get(path, **headers)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def every_answer_has_its_headers():
    with Server() as server:
        seen = set()
        asks = [("GET", "/"), ("GET", "/assets/app-1a2B3c4D.js"), ("GET", "/api/v1/const"), ("GET", "/api/v1/none"), ("GET", "/none"),
                ("POST", "/"), ("POST", "/api/v1/write"), ("GET", "/api/v1/fail"), ("GET", "/healthz"), ("GET", "/metrics"),
                ("DELETE", "/api/v1/const"), ("TRACE", "/"), ("GET", "/%"), ("POST", "/api/v1/release")]
        for method, path in asks:
            answer = server.ask(method, path)
            for name in ALWAYS:
                assert answer.header(name), (method, path, name)
            assert answer.header("Strict-Transport-Security") is None
            assert re.fullmatch("[0-9a-f]{16}", answer.header("X-Request-Id"))
            seen.add(answer.header("X-Request-Id"))
        assert len(seen) == len(asks)
        policy = server.get("/").header("Content-Security-Policy")
        assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "script-src 'self'" in policy


def the_request_arrives_as_sent():
    with Server() as server:
        got = echo(server, "/api/v1/echo?a=%E6%BD%8D&b=1+2", Cookie="s=1", Accept_Language="en", If_Match='"3"', Idempotency_Key="k",
                   Origin="http://h", Sec_Fetch_Site="same-origin", X_Requested_With="zhaoyin", User_Agent="test")
        want = {"method": "GET", "path": "/api/v1/echo", "query": "a=%E6%BD%8D&b=1+2", "host": "h", "cookie": "s=1",
                "accept_language": "en", "if_match": '"3"', "idempotency_key": "k", "origin": "http://h", "fetch_site": "same-origin",
                "csrf": "zhaoyin", "user_agent": "test", "remote": "127.0.0.1", "is_tls": False, "is_loopback": True, "as_login": ""}
        assert {name: got[name] for name in want} == want, got
        assert echo(server, Content_Type="application/json")["content_type"] == "application/json"


def a_proxy_is_believed_only_when_told_so():
    spoof = {"X_Forwarded_For": "6.6.6.6, 203.0.113.9", "X_Forwarded_Proto": "https"}
    with Server() as server:
        got = echo(server, **spoof)
        assert (got["remote"], got["is_tls"], got["is_loopback"]) == ("127.0.0.1", False, True)
    with Server(is_behind_proxy=1) as server:
        got = echo(server, **spoof)
        assert (got["remote"], got["is_tls"], got["is_loopback"]) == ("203.0.113.9", True, False)
        assert server.get("/api/v1/const", **spoof).header("Strict-Transport-Security")
        got = echo(server, X_Forwarded_For="not an address", X_Forwarded_Proto="gopher")
        assert (got["remote"], got["is_tls"]) == ("127.0.0.1", False)
        assert echo(server, X_Forwarded_For="::1")["is_loopback"] is True
        with server.connect() as c:  # of two lines the proxy wrote the second
            c.send(b"GET /api/v1/echo HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 2001:db8::7\r\n\r\n")
            assert json.loads(c.answer().body)["remote"] == "2001:db8::7"
        # Figures of the server are for this machine, whoever the proxy speaks for.
        assert server.get("/metrics", X_Forwarded_For="203.0.113.9").status == 404
    with Server(is_behind_proxy=1, is_metrics_open=1) as server:
        assert server.get("/metrics", X_Forwarded_For="203.0.113.9").status == 200


def files_are_served_and_kept():
    with Server() as server:
        page = server.get("/", Accept="text/html")
        assert page.status == 200 and page.header("Content-Type") == "text/html; charset=utf-8"
        assert page.header("Cache-Control") == "no-cache" and page.header("Vary") == "Accept-Encoding"
        assert page.body == server.get("/index.html").body and b"<title>page</title>" in page.body
        packed = server.get("/", Accept_Encoding="br, gzip;q=0.8")
        assert packed.header("Content-Encoding") == "gzip" and gzip.decompress(packed.body) == page.body
        assert packed.header("ETag") != page.header("ETag")
        for answer, coding in ((page, "identity"), (packed, "gzip")):
            again = server.get("/", Accept_Encoding=coding, If_None_Match=answer.header("ETag"))
            assert again.status == 304 and again.header("ETag") == answer.header("ETag")
            assert again.header("Cache-Control") == "no-cache"
        assert server.get("/", If_None_Match='"other"').status == 200
        script = server.get("/assets/app-1a2B3c4D.js")
        assert "immutable" in script.header("Cache-Control") and script.header("Content-Type").startswith("text/javascript")
        small = server.get("/favicon.svg", Accept_Encoding="gzip")
        assert small.header("Content-Encoding") is None and small.header("Content-Type") == "image/svg+xml"


def addresses_of_pages_give_the_page():
    with Server() as server:
        page = server.get("/").body
        assert server.get("/projects/7?tab=talks", Accept="text/html,*/*;q=0.8").body == page
        for path, accept in (("/projects/7", "application/json"), ("/assets/gone-00000000.js", "*/*"), ("/.git/config", "*/*"),
                             ("/api/v1/none", "text/html"), ("/api", "text/html"), ("/..%2f..%2fetc/passwd", "*/*"), ("/assets/", "*/*")):
            answer = server.get(path, Accept=accept)
            assert answer.status == 404 and answer.header("Content-Type") == "application/problem+json", path
        answer = server.ask("POST", "/")
        assert answer.status == 405 and answer.header("Allow") == "GET, HEAD"


def head_is_get_without_its_body():
    with Server() as server, server.connect() as c:
        for path in ("/", "/api/v1/const", "/api/v1/events?account=1", "/api/v1/none", "/healthz"):
            c.send(request("GET", "/api/v1/const") + request("HEAD", path) + request("GET", "/api/v1/tagged"))
            c.answer()
            head = c.answer("HEAD")
            assert head.status == (404 if path.endswith("none") else 200), path
            if path in ("/", "/api/v1/const"):
                assert int(head.header("Content-Length")) == len(server.get(path).body)
            assert c.answer().body == b'{"row_version":3}'


def json_is_compressed_where_it_pays():
    with Server() as server:
        plain = server.get("/api/v1/large")
        assert plain.header("Content-Encoding") is None and plain.header("Vary") == "Accept-Encoding"
        for _ in range(3):
            packed = server.get("/api/v1/large", Accept_Encoding="gzip, deflate")
            assert packed.header("Content-Encoding") == "gzip" and gzip.decompress(packed.body) == plain.body
            assert len(packed.body) < len(plain.body) / 3
        for accept in ("gzip;q=0", "br", "gzip;q=0.000", "x-gzip"):
            assert server.get("/api/v1/large", Accept_Encoding=accept).header("Content-Encoding") is None, accept
        assert server.get("/api/v1/const", Accept_Encoding="gzip").header("Content-Encoding") is None


def tags_of_records_save_the_body():
    with Server() as server:
        assert server.get("/api/v1/tagged").header("Cache-Control") == "private, no-cache"
        for tags in ('"3"', 'W/"3"', '"1", "3"', "*"):
            answer = server.get("/api/v1/tagged", If_None_Match=tags)
            assert answer.status == 304 and answer.header("ETag") == '"3"', tags
        for tags in ('"30"', "3", '"2"'):
            assert server.get("/api/v1/tagged", If_None_Match=tags).status == 200, tags
        assert server.get("/api/v1/const").header("Cache-Control") == "no-store"


def health_follows_the_store():
    with Server() as server:
        answer = server.get("/healthz")
        assert answer.status == 200 and json.loads(answer.body) == {"status": "ok"}
        server.ask("POST", "/api/v1/readonly")
        assert server.get("/healthz").status == 503


def metrics_add_up():
    with Server() as server:
        for _ in range(7):
            server.get("/api/v1/const")
        server.get("/api/v1/none")
        # A request is counted behind its last byte, which is after its client has it.
        server.until(lambda: server.metric("http_requests_running") == 1, "all counted")
        text = server.get("/metrics").body.decode()
        assert 'zhaoyin_http_requests_total{route="/api/v1/const",status="2xx"} 7\n' in text
        assert 'zhaoyin_http_requests_total{route="none",status="4xx"} 1\n' in text
        count = int(re.search(r'_bucket\{le="\+Inf"\} (\d+)', text).group(1))
        assert count >= 8 and "zhaoyin_http_request_seconds_count %d\n" % count in text
        assert "zhaoyin_store_write_queue 2\n" in text and "zhaoyin_store_commits_total 10\n" in text
        names = set()
        for line in text.splitlines():
            if line.startswith("# TYPE "):
                assert line.split()[2] not in names, line
                names.add(line.split()[2])
            elif not line.startswith("#"):
                assert re.fullmatch(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.]+', line), line
        counts = [int(n) for n in re.findall(r'_bucket\{le="[^"]+"\} (\d+)', text)]
        assert counts == sorted(counts)


def a_lost_read_connection_is_replaced():
    with Server(threads=1) as server:
        server.get("/api/v1/const")
        assert server.get("/api/v1/readers").body == b"[1,0]"

        def is_replaced():
            server.get("/api/v1/fail")
            return server.get("/api/v1/readers").body != b"[1,0]"

        server.until(is_replaced, "a new connection")
        assert server.get("/api/v1/readers").body == b"[2,1]"


def event(stream):
    """The next event that has data: (version, id)."""
    text = ""
    while "id: " not in text:
        text += stream.chunk().decode()
    return re.search(r"data: (.*)", text).group(1), re.search(r"id: (\d+)", text).group(1)


def streams_tell_each_account_its_own():
    with Server() as server, contextlib.ExitStack() as stack:
        streams = {}
        for account in (1, 2):
            streams[account] = stack.enter_context(server.connect())
            streams[account].send(request("GET", "/api/v1/events?account=%d" % account, Accept="text/event-stream"))
            head = streams[account].head()
            assert head.status == 200 and head.header("Content-Type") == "text/event-stream"
            assert head.header("Cache-Control") == "no-store"
            assert streams[account].chunk() == b"retry: 3000\n\n"
        for account in (2, 1, 1):
            assert server.ask("POST", "/api/v1/notice?account=%d" % account).status == 204
        assert event(streams[2])[0] == '{"version":2}'
        assert event(streams[1])[0] in ('{"version":3}', '{"version":4}')
        # What was missed comes after a new start from the last id.
        with server.connect() as again:
            again.send(request("GET", "/api/v1/events?account=1", Last_Event_ID="1"))
            again.head()
            text = again.chunk().decode()
            assert '{"version":3}' in text and '{"version":4}' in text and '{"version":2}' not in text, text


def the_oldest_stream_of_an_account_makes_room():
    with Server(streams_per_account=2) as server, contextlib.ExitStack() as stack:
        streams = []
        for account in (1, 1, 2, 1):
            c = stack.enter_context(server.connect())
            c.send(request("GET", "/api/v1/events?account=%d" % account))
            c.head()
            assert c.chunk() == b"retry: 3000\n\n"
            streams.append(c)
        assert streams[0].chunk() == b""  # ended
        server.ask("POST", "/api/v1/notice?account=1")
        for c in (streams[1], streams[3]):
            assert '"version":2' in event(c)[0]


def a_stream_whose_reader_left_is_closed():
    with Server() as server:
        for _ in range(20):
            with server.connect() as c:
                c.send(request("GET", "/api/v1/events?account=1"))
                c.head()
                c.chunk()
        server.until(lambda: server.metric("http_connections") == 1, "closed")


def log_lines_have_ids_and_no_texts():
    with Server(log=2) as server:
        answer = server.get("/api/v1/echo/13812345678?q=secret", Cookie="s=secret")
        request_id = answer.header("X-Request-Id")
    line = [row for row in server.log.splitlines() if request_id in row]
    assert len(line) == 1, server.log
    for part in ('method="GET"', 'route="/api/v1/echo/:id"', 'status="200"', 'ms="', 'account="0"', 'end="whole"'):
        assert part in line[0], line
    assert "secret" not in server.log and "13812345678" not in server.log


# ---- TLS ----

def make_certificate(folder, name):
    cert, key = os.path.join(folder, name + ".crt"), os.path.join(folder, name + ".key")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return cert, key


def tls_connect(server, cert, lowest, highest):
    context = ssl.create_default_context(cafile=cert)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version, context.maximum_version = lowest, highest
    plain = socket.create_connection(("127.0.0.1", server.port), timeout=60)
    return context.wrap_socket(plain, server_hostname="localhost")


def tls_is_1_2_and_1_3_only():
    warnings.simplefilter("ignore", DeprecationWarning)  # of asking for TLS 1.1, which is the point
    versions = ssl.TLSVersion
    with tempfile.TemporaryDirectory() as folder:
        cert, key = make_certificate(folder, "a")
        with Server(tls_cert=cert, tls_key=key) as server:
            assert server.url.startswith("https://")
            for version in (versions.TLSv1_2, versions.TLSv1_3):
                with Connection(0, tls_connect(server, cert, version, version)) as c:
                    c.send(request("GET", "/api/v1/echo") + request("POST", "/api/v1/write", b"x" * 3000))
                    first = c.answer()
                    assert json.loads(first.body)["is_tls"] is True
                    assert first.header("Strict-Transport-Security") == "max-age=31536000"
                    assert b'"body_n":3000' in c.answer().body
            try:
                tls_connect(server, cert, versions.TLSv1, versions.TLSv1_1).close()
                raise AssertionError("TLS 1.1 was taken")
            except (ssl.SSLError, ConnectionResetError):
                pass
            with server.connect() as c:  # plain words on the TLS port
                c.send(request("GET", "/api/v1/const"))
                c.at_end()
                assert b"HTTP/1.1" not in c.rest
            with Connection(0, tls_connect(server, cert, versions.TLSv1_2, versions.TLSv1_3)) as stream:
                stream.send(request("GET", "/api/v1/events?account=1"))
                assert stream.head().status == 200


def fails_with(words, **options):
    args = [sys.argv[1]] + ["%s=%s" % pair for pair in options.items()]
    done = subprocess.run(args, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and words in done.stderr and done.stderr.count("\n") == 1, done


def what_cannot_start_says_why():
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        cert, key = make_certificate(folder, "a")
        other = make_certificate(folder, "b")[1]
        rubbish = os.path.join(folder, "rubbish.pem")
        with open(rubbish, "w", encoding="ascii") as out:
            out.write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        fails_with("gone.crt: the certificate cannot be read", tls_cert=folder + "/gone.crt", tls_key=key)
        fails_with("gone.key: the key cannot be read", tls_cert=cert, tls_key=folder + "/gone.key")
        fails_with("has no private key", tls_cert=cert, tls_key=cert)
        fails_with("has no certificate", tls_cert=key, tls_key=key)
        fails_with("go together", tls_cert=cert)
        fails_with("do not belong together", tls_cert=cert, tls_key=other)
        # GnuTLS 3.7 itself leaks a certificate that it cannot parse.
        known = os.path.join(folder, "known-leaks")
        with open(known, "w", encoding="ascii") as out:
            out.write("leak:libgnutls\n")
        os.environ["LSAN_OPTIONS"] = "print_suppressions=0:suppressions=" + known
        fails_with("damaged", tls_cert=rubbish, tls_key=key)
        del os.environ["LSAN_OPTIONS"]
        fails_with("another program listens there", listen="127.0.0.1:%d" % server.port)
        fails_with("a number and a port", listen="example.org:80")
        fails_with("does not have that address", listen="203.0.113.1:8080")
        fails_with("loopback only", listen="0.0.0.0:0", is_demo=1)


if __name__ == "__main__":
    run(every_answer_has_its_headers, the_request_arrives_as_sent, a_proxy_is_believed_only_when_told_so, files_are_served_and_kept,
        addresses_of_pages_give_the_page, head_is_get_without_its_body, json_is_compressed_where_it_pays,
        tags_of_records_save_the_body, health_follows_the_store, metrics_add_up, a_lost_read_connection_is_replaced,
        streams_tell_each_account_its_own, the_oldest_stream_of_an_account_makes_room, a_stream_whose_reader_left_is_closed,
        log_lines_have_ids_and_no_texts, tls_is_1_2_and_1_3_only, what_cannot_start_says_why)
