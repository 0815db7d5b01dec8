#!/usr/bin/env python3
"""What is no HTTP, or could be read in two ways, is refused, and never takes the server down."""
import random

from edge import Closed, Server, request, run

GET = b"GET /api/v1/echo HTTP/1.1\r\nHost: h\r\n"
POST = b"POST /api/v1/echo HTTP/1.1\r\nHost: h\r\n"
SMUGGLED = b"GET /api/v1/const HTTP/1.1\r\nHost: h\r\n\r\n"

# why, bytes, statuses that may come (0 = closed without a word). Behind every refusal the
# connection must end, and what was behind the bad request must not be answered.
REFUSED = [
    ("no host", b"GET /api/v1/echo HTTP/1.1\r\n\r\n", {400}),
    ("two hosts", GET + b"Host: i\r\n\r\n", {400}),
    ("the same host twice", GET + b"Host: h\r\n\r\n", {400}),
    ("host with space", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", {400}),
    ("host with user", b"GET / HTTP/1.1\r\nHost: u@h\r\n\r\n", {400}),
    ("host with path", b"GET / HTTP/1.1\r\nHost: h/x\r\n\r\n", {400}),
    ("empty host", b"GET / HTTP/1.1\r\nHost:\r\n\r\n", {400}),
    ("two lengths", POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", {400}),
    ("the same length twice", POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", {400}),
    ("lengths in a list", POST + b"Content-Length: 3, 3\r\n\r\nabc", {400}),
    ("length with plus", POST + b"Content-Length: +3\r\n\r\nabc", {400}),
    ("negative length", POST + b"Content-Length: -3\r\n\r\nabc", {400}),
    ("hex length", POST + b"Content-Length: 0x3\r\n\r\nabc", {400}),
    ("length and rubbish", POST + b"Content-Length: 3 x\r\n\r\nabc", {400}),
    ("empty length", POST + b"Content-Length:\r\n\r\n", {400}),
    ("length past 2^64", POST + b"Content-Length: 99999999999999999999999\r\n\r\n", {400, 413}),
    ("length and coding", POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    ("coding and length", POST + b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", {400}),
    ("two codings", POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    ("two codings in a list", POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    ("coding identity", POST + b"Transfer-Encoding: identity\r\n\r\n", {400, 501}),
    ("coding with a tail", POST + b"Transfer-Encoding: chunkedx\r\n\r\n0\r\n\r\n", {400, 501}),
    ("coding behind a control", POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n", {400, 501}),
    ("coding name with space", POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", {400}),
    ("length name with space", POST + b"Content-Length : 3\r\n\r\nabc", {400}),
    ("name starts with space", POST + b" Content-Length: 3\r\n\r\nabc", {400}),
    ("coding in HTTP/1.0", b"POST /api/v1/echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    ("POST in HTTP/1.0 without length", b"POST /api/v1/echo HTTP/1.0\r\n\r\n", {411}),
    ("two content types", POST + b"Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 0\r\n\r\n", {400}),
    ("two cookies headers", GET + b"Cookie: a=1\r\nCookie: a=2\r\n\r\n", {400}),
    ("two keys", GET + b"Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n", {400}),
    ("folded header", GET + b"X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n", {400}),
    ("header without colon", GET + b"Rubbish\r\n\r\n", {400}),
    ("name in brackets", GET + b"X(a): x\r\n\r\n", {400}),
    ("control in header", GET + b"X-A: a\x01b\r\n\r\n", {400}),
    ("CR alone in header", GET + b"X-A: a\rTransfer-Encoding: chunked\r\n\r\n", {400}),
    ("latin-1 in a header that counts", GET + b"Idempotency-Key: \xff\r\n\r\n", {400}),
    ("no version", b"GET /\r\n\r\n", {400, 505, 0}),
    ("version 0.9", b"GET / HTTP/0.9\r\nHost: h\r\n\r\n", {400, 505}),
    ("version 2.0", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    ("version 1.10", b"GET / HTTP/1.10\r\nHost: h\r\n\r\n", {400, 505}),
    ("small version", b"GET / http/1.1\r\nHost: h\r\n\r\n", {400, 505}),
    ("words behind version", b"GET / HTTP/1.1 x\r\nHost: h\r\n\r\n", {400, 505}),
    ("space in target", b"GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", {400, 505, 0}),
    ("TLS hello", bytes.fromhex("16030100ba010000b60303") + bytes(180) + b"\r\n\r\n", {400, 505, 0}),
    ("other host in target", b"GET http://other/ HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("target without slash", b"GET api/v1/echo HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("target *", b"GET * HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("raw UTF-8 in target", "GET /潍坊 HTTP/1.1\r\nHost: h\r\n\r\n".encode(), {400}),
    ("escaped NUL", b"GET /a%00b HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("cut escape", b"GET /a% HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("bad escape in query", b"GET /api/v1/echo?a=%zz HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("bad UTF-8", b"GET /a%C0%AF HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("fragment", b"GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n", {400}),
    ("TRACE", b"TRACE / HTTP/1.1\r\nHost: h\r\n\r\n", {405}),
    ("CONNECT", b"CONNECT h:443 HTTP/1.1\r\nHost: h\r\n\r\n", {405}),
    ("OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", {405}),
    ("unknown method", b"BREW / HTTP/1.1\r\nHost: h\r\n\r\n", {501}),
    ("small method", b"get / HTTP/1.1\r\nHost: h\r\n\r\n", {501}),
    ("body past the limit", POST + b"Content-Length: 1001\r\n\r\n", {413}),
    ("body where none belongs", GET + b"Content-Length: 1\r\n\r\nx", {413}),
    ("chunks where none belong", GET + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", {413}),
    ("chunk size no number", POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", {400, 0}),
    ("negative chunk", POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n", {400, 0}),
    ("chunk past 2^64", POST + b"Transfer-Encoding: chunked\r\n\r\n1FFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n", {400, 413, 0}),
    ("chunk longer than said", POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n", {400, 0}),
    ("target past the memory", b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\nHost: h\r\n\r\n", {414}),
    ("header past the memory", GET + b"X-A: " + b"a" * 20000 + b"\r\n\r\n", {431}),
    ("very many headers", GET + b"".join(b"X-%d: y\r\n" % i for i in range(3000)) + b"\r\n", {431}),
]


def statuses(connection):
    """All answers until the connection ends."""
    got = []
    while True:
        try:
            got.append(connection.answer().status)
        except Closed:
            return got


def bad_requests_are_refused_alone():
    with Server() as server:
        wrong = []
        for why, data, allowed in REFUSED:
            with server.connect() as c:
                try:
                    c.send(data + SMUGGLED)
                except (BrokenPipeError, ConnectionResetError):
                    pass
                got = statuses(c)
            if len(got) > 1 or (got or [0])[0] not in allowed:
                wrong.append("%s: %s, wanted one of %s" % (why, got, sorted(allowed)))
        assert not wrong, "\n".join(wrong)
        assert server.get("/healthz").status == 200


def what_the_library_drops_does_not_count():
    """libmicrohttpd 0.9.75 takes a header or target up to its NUL and passes over a header without a
    name, 1.0 refuses the request; in neither may what is dropped count."""
    with Server() as server:
        for data in (GET + b"Idempotency-Key: a\x00b\r\n\r\n", GET + b": Content-Length: 9\r\n\r\n",
                     b"GET /api/v1/echo\x00/../x HTTP/1.1\r\nHost: h\r\n\r\n"):
            with server.connect() as c:
                c.send(data)
                try:
                    answer = c.answer()
                except Closed:
                    continue
            if answer.status == 400:
                continue
            assert b'"path":"/api/v1/echo","query":""' in answer.body
            assert b'"idempotency_key":"a"' in answer.body or b'"idempotency_key":""' in answer.body


def refusals_of_ours_say_why():
    with Server() as server:
        with server.connect() as c:
            c.send(POST + b"Content-Length: 1001\r\n\r\n")
            answer = c.answer()
        assert answer.header("Content-Type") == "application/problem+json"
        assert b'"http_too_large"' in answer.body and b'"1000 B"' in answer.body, answer.body
        assert answer.header("X-Request-Id").encode() in answer.body
        assert answer.header("Connection") == "close"
        assert "default-src 'none'" in answer.header("Content-Security-Policy")
        assert server.ask("OPTIONS", "/api/v1/echo").header("Allow") == "GET, HEAD, POST, PUT, PATCH, DELETE"


def status_of(server, data):
    with server.connect() as c:
        c.send(data)
        try:
            return c.answer().status
        except Closed:
            return 0


def a_long_head_never_loses_its_answer_after_the_work():
    """Request and answer share 8 KiB. What ran is answered; only the library's own limit, and the
    last bytes before it, end a connection without a word."""
    with Server() as server:
        got = []
        for n in list(range(1000, 8000, 250)) + list(range(3000, 4100, 20)):
            got.append(status_of(server, GET + b"X-A: " + b"b" * n + b"\r\n\r\n"))
            got.append(status_of(server, GET + b"Cookie: a=" + b"b" * n + b"\r\n\r\n"))
        got += [status_of(server, request("GET", "/api/v1/echo?" + "a=b&" * n)) for n in range(10, 119)]
        assert set(got) <= {200, 431, 0}, set(got)
        assert got.count(200) > 100 and got.count(431) > 20 and got.count(0) < 20, [got.count(s) for s in (200, 431, 0)]
        server.until(lambda: server.metric("http_requests_running") == 1, "all counted")
        assert b'{route="/api/v1/echo",status="2xx"} %d\n' % got.count(200) in server.get("/metrics").body
        assert status_of(server, GET + b"X-A: " + b"a" * 6000 + b"\r\n\r\n") == 200
        with server.connect() as c:
            c.send(GET + b"X-A: " + b"a" * 6700 + b"\r\n\r\n")
            answer = c.answer()
            assert answer.status == 431 and b'"http_head_too_large"' in answer.body
            assert answer.header("Connection") == "close"


def a_body_is_never_read_as_a_request():
    with Server() as server, server.connect() as c:
        c.send(request("POST", "/api/v1/echo", SMUGGLED) + request("GET", "/api/v1/tagged"))
        first = c.answer()
        assert first.status == 200 and b'"body_n":%d' % len(SMUGGLED) in first.body
        assert c.answer().body == b'{"row_version":3}'


def chunks_are_put_together():
    with Server() as server, server.connect() as c:
        c.send(POST + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\nX-T: Content-Length: 9\r\n\r\n")
        c.send(SMUGGLED)
        assert b'"body_n":7' in c.answer().body
        assert c.answer().status == 200


def extensions_of_chunks_do_not_count():
    """libmicrohttpd 0.9.75 passes over them, 1.0 refuses the request."""
    with Server() as server, server.connect() as c:
        c.send(POST + b"Transfer-Encoding: chunked\r\n\r\n4;x=y\r\ndefg\r\n0\r\n\r\n")
        answer = c.answer()
        assert answer.status == 400 or b'"body_n":4' in answer.body


def pipelined_requests_are_answered_in_order():
    with Server() as server, server.connect() as c:
        c.send(b"".join(request("GET", "/api/v1/echo/%d" % i) for i in range(50)))
        for i in range(50):
            assert b'"path":"/api/v1/echo/%d"' % i in c.answer().body


def absolute_targets_are_understood():
    with Server() as server, server.connect() as c:
        c.send(b"GET http://h/api/v1/echo?a=1 HTTP/1.1\r\nHost: h\r\n\r\n")
        body = c.answer().body
        assert b'"path":"/api/v1/echo","query":"a=1"' in body, body


def only_a_whole_request_is_asked_to_continue():
    with Server() as server:
        with server.connect() as c:
            c.send(request("POST", "/api/v1/echo", Content_Length="3", Expect="100-continue"))
            assert c.answer().status == 100
            c.send(b"abc")
            assert c.answer().status == 200
        with server.connect() as c:
            c.send(request("POST", "/api/v1/echo", Content_Length="5000", Expect="100-continue"))
            assert c.answer().status == 413


def mutate(dice, data):
    """Change, drop, double or add some bytes."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(data))
        what = dice.randrange(4)
        if what == 0:
            data[at] = dice.choice(b"\x00\t\r\n :;,%/\x7f\xffaZ09")
        elif what == 1:
            del data[at + 1:at + dice.randint(2, 9)]
        elif what == 2:
            data[at:at] = data[at:at + dice.randint(1, 9)]
        else:
            data[at:at] = dice.choice([b"\r\n", b"\n", b"\r", b": ", b"Content-Length: 3\r\n", b"0\r\n\r\n"])


def mutated_requests_never_take_it_down():
    dice = random.Random(7)
    good = [request("GET", "/api/v1/echo?a=%E6%BD%8D", Cookie="a=b"), request("POST", "/api/v1/echo", b"x" * 40),
            POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n", request("HEAD", "/", Accept="text/html"),
            request("POST", "/api/v1/write", b"y" * 20, X_Requested_With="zhaoyin")]
    with Server(head_ms=200, idle_ms=200, body_ms=200) as server:
        for _ in range(10):
            open_ones = [server.connect() for _ in range(150)]
            for c in open_ones:
                data = bytearray(dice.choice(good) + dice.choice(good))
                mutate(dice, data)
                try:
                    c.send(data)
                except OSError:
                    pass
            for c in open_ones:
                c.at_end()
                c.socket.close()
        assert server.get("/healthz").status == 200
        server.until(lambda: server.metric("http_requests_running") == 1, "http_requests_running is 1")
        server.until(lambda: server.metric("http_body_bytes") == 0, "http_body_bytes is 0")


if __name__ == "__main__":
    run(bad_requests_are_refused_alone, what_the_library_drops_does_not_count, refusals_of_ours_say_why,
        a_long_head_never_loses_its_answer_after_the_work, a_body_is_never_read_as_a_request, chunks_are_put_together,
        extensions_of_chunks_do_not_count,
        pipelined_requests_are_answered_in_order, absolute_targets_are_understood,
        only_a_whole_request_is_asked_to_continue, mutated_requests_never_take_it_down)
