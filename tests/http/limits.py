#!/usr/bin/env python3
"""Slow, greedy and vanishing clients, and the end of the server under load."""
import os
import resource
import signal
import socket
import threading
import time

from edge import Closed, Server, request, run

FAST = {"head_ms": 300, "idle_ms": 300, "body_ms": 300}


def drip(connection, data):
    """Send byte after byte, each soon enough for a time-out of inactivity. True = cut off."""
    for at in range(len(data)):
        try:
            connection.send(data[at:at + 1])
        except OSError:
            return True
        time.sleep(0.02)
    return connection.at_end()


def a_dripped_head_is_cut():
    with Server(**FAST) as server:
        with server.connect() as c:
            assert drip(c, request("GET", "/api/v1/echo", X_A="a" * 4000))
        with server.connect() as c:  # the second request of a connection too
            c.send(request("GET", "/api/v1/const"))
            assert c.answer().status == 200
            assert drip(c, request("GET", "/api/v1/echo", X_A="a" * 4000))
        assert server.metric("http_cuts_total") == 2


def a_dripped_body_is_cut():
    with Server(**FAST) as server:
        with server.connect() as c:
            assert drip(c, request("POST", "/api/v1/echo", b"a" * 1000))
        with server.connect() as c:
            c.send(request("POST", "/api/v1/echo", Transfer_Encoding="chunked"))
            assert drip(c, b"1\r\na\r\n" * 900)
        server.until(lambda: server.metric("http_body_bytes") == 0, "http_body_bytes is 0")


def a_silent_connection_is_closed():
    with Server(**FAST) as server, server.connect() as c:
        assert c.at_end()


def an_answer_that_nobody_reads_is_cut():
    with Server(**FAST) as server, server.connect() as c:
        c.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        c.send(request("GET", "/api/v1/large") * 100)
        server.until(lambda: server.metric("http_connections") == 1, "closed")


def an_idle_connection_is_small():
    count = 2000
    resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with Server(per_ip_max=count + 100) as server:
        # Threads, arenas and tables are there before the first measure.
        warm = [server.connect() for _ in range(50)]
        for c in warm:
            c.send(request("GET", "/api/v1/large", Accept_Encoding="gzip"))
            c.answer()
        before = server.private_kib()
        idle = []
        for _ in range(count):  # asks at once: a connection that says nothing for long is closed
            c = server.connect()
            c.send(request("GET", "/api/v1/echo", Cookie="__Host-s=" + "a" * 43, User_Agent="u" * 100))
            assert c.answer().status == 200
            idle.append(c)
        server.until(lambda: server.metric("http_requests_running") == 1, "all answered")
        each = (server.private_kib() - before) / count
        print("       %.1f KiB for an idle connection" % each)
        assert each <= 10 or "SANITIZED" in os.environ  # their memory is not ours
        server.until(lambda: server.metric("http_connections") == count + 51, "all are open")
        assert server.get("/healthz").status == 200
        for c in idle + warm:
            c.socket.close()
        server.until(lambda: server.metric("http_connections") == 1, "closed")


def over_the_limit_of_connections_one_waits():
    with Server(connections_max=8, threads=1) as server:
        held = [server.connect() for _ in range(8)]
        for c in held:
            c.send(request("GET", "/api/v1/const"))
            assert c.answer().status == 200
        with server.connect() as late:
            late.send(request("GET", "/api/v1/const"))
            late.socket.setblocking(False)
            try:
                assert not late.more(), "served past the limit"
            except BlockingIOError:
                pass
            late.socket.settimeout(60)
            held[0].socket.close()
            assert late.answer().status == 200
        for c in held:
            c.socket.close()


def one_address_has_a_limit():
    with Server(per_ip_max=3) as server:
        held = [server.connect() for _ in range(3)]
        for c in held:
            c.send(request("GET", "/api/v1/const"))
            assert c.answer().status == 200
        with server.connect() as c:
            assert c.at_end()
        for c in held:
            c.socket.close()


def too_large_is_heard_in_the_middle_of_sending():
    """The answer must reach a client that sends on: no reset may overtake it."""
    with Server() as server, server.connect() as c:
        c.send(request("POST", "/api/v1/big", Content_Length=str(50 * 1024 * 1024)))
        refused = []

        def send():
            try:
                for _ in range(800):
                    c.send(b"x" * 65536)
            except OSError as error:
                refused.append(error)

        sender = threading.Thread(target=send)
        sender.start()
        answer = c.answer()
        assert answer.status == 413 and b'"8 MiB"' in answer.body
        sender.join()


def a_chunked_body_has_the_same_limit():
    with Server() as server:
        with server.connect() as c:
            c.send(request("POST", "/api/v1/echo", Transfer_Encoding="chunked"))
            c.send(b"ff\r\n" + b"a" * 255 + b"\r\n" + (b"400\r\n" + b"b" * 1024 + b"\r\n") * 20 + b"0\r\n\r\n")
            assert c.answer().status == 413
            c.send(request("GET", "/api/v1/const"))
            assert c.answer().status == 200
        with server.connect() as c:  # one without an end is cut off
            c.send(request("POST", "/api/v1/echo", Transfer_Encoding="chunked"))
            try:
                for _ in range(100000):
                    c.send(b"400\r\n" + b"b" * 1024 + b"\r\n")
                raise AssertionError("100 MB of chunks were taken")
            except OSError:
                pass
        server.until(lambda: server.metric("http_body_bytes") == 0, "http_body_bytes is 0")


def a_large_body_arrives_whole():
    body = bytes(range(256)) * 32000
    value = 0xcbf29ce484222325
    for byte in body:
        value = (value ^ byte) * 0x100000001b3 & 0xffffffffffffffff
    with Server() as server:
        for fields in ({}, {"chunked": True}):
            with server.connect() as c:
                if fields:
                    c.send(request("POST", "/api/v1/big", Transfer_Encoding="chunked"))
                    for at in range(0, len(body), 100000):
                        part = body[at:at + 100000]
                        c.send(b"%x\r\n%s\r\n" % (len(part), part))
                    c.send(b"0\r\n\r\n")
                else:
                    c.send(request("POST", "/api/v1/big", body))
                answer = c.answer()
                assert answer.status == 200 and b'"body_hash":"%016x"' % value in answer.body, answer.body
        server.until(lambda: server.metric("http_body_bytes") == 0, "freed")


def all_bodies_together_have_a_limit():
    with Server(body_memory_max=100000) as server, server.connect() as first:
        first.send(request("POST", "/api/v1/big", Content_Length="80000") + b"a" * 79999)
        server.until(lambda: server.metric("http_body_bytes") == 80000, "first is held")
        assert server.ask("POST", "/api/v1/big", b"b" * 80000).status == 503
        assert server.ask("POST", "/api/v1/echo", b"small").status == 200
        first.send(b"a")
        assert b'"body_n":80000' in first.answer().body


def clients_that_leave_during_a_write():
    with Server() as server:
        for _ in range(5):
            with server.connect() as c:
                c.send(request("POST", "/api/v1/hold", b"x"))
        server.until(lambda: server.get("/api/v1/holding").body == b"5", "held")
        for _ in range(5):
            assert server.ask("POST", "/api/v1/release").status == 204
        server.until(lambda: server.metric("http_requests_running") == 1, "all ended")
        server.until(lambda: server.metric("http_connections") == 1, "closed")


def many_writes_at_once():
    with Server() as server:
        clients = [server.connect() for _ in range(64)]
        for round_ in range(20):
            for n, c in enumerate(clients):
                c.send(request("POST", "/api/v1/write?n=%d.%d" % (round_, n), b"x" * n))
            for n, c in enumerate(clients):
                body = c.answer().body
                assert b'"query":"n=%d.%d"' % (round_, n) in body and b'"body_n":%d,' % n in body
        for c in clients:
            c.socket.close()


def is_refused(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=60).close()
        return False
    except OSError:
        return True


def a_stop_lets_what_runs_end():
    """A write under way is answered, a request half sent is taken, streams and idle ones end."""
    with Server(grace_ms=30000) as server, server.connect() as held, server.connect() as half, \
            server.connect() as stream, server.connect() as idle:
        idle.send(request("GET", "/api/v1/const"))
        assert idle.answer().status == 200
        stream.send(request("GET", "/api/v1/events?account=1"))
        assert stream.head().status == 200 and stream.chunk().startswith(b"retry:")
        held.send(request("POST", "/api/v1/hold", b"x"))
        server.until(lambda: server.get("/api/v1/holding").body == b"1", "held")
        half.send(request("POST", "/api/v1/release", Content_Length="2") + b"a")
        server.until(lambda: server.metric("http_requests_running") == 4, "half is begun")
        server.process.send_signal(signal.SIGTERM)
        server.until(lambda: is_refused(server.port), "accepts no more")
        assert idle.at_end()
        assert stream.chunk() == b""
        assert stream.at_end()
        half.send(b"b")
        assert half.answer().header("Connection") == "close"
        answer = held.answer()
        assert answer.status == 200 and answer.header("Connection") == "close"
        assert held.at_end() and half.at_end()


def a_stop_is_not_held_up_by_a_slow_client():
    """Past the grace the rest is closed, but a write is waited for."""
    with Server(grace_ms=200) as server, server.connect() as half, server.connect() as slow, server.connect() as held:
        held.send(request("POST", "/api/v1/hold", b"x"))
        server.until(lambda: server.get("/api/v1/holding").body == b"1", "held")
        slow.send(request("POST", "/api/v1/echo", Content_Length="10") + b"a")
        half.send(request("POST", "/api/v1/release", Content_Length="2") + b"a")
        server.until(lambda: server.metric("http_requests_running") == 4, "all begun")
        server.process.send_signal(signal.SIGTERM)
        server.until(lambda: is_refused(server.port), "accepts no more")
        time.sleep(0.4)  # past the grace, so that the write alone keeps the server
        assert server.process.poll() is None
        half.send(b"b")
        server.process.wait(60)
        try:
            assert slow.answer().status != 200
        except Closed:
            pass


if __name__ == "__main__":
    run(a_dripped_head_is_cut, a_dripped_body_is_cut, a_silent_connection_is_closed, an_answer_that_nobody_reads_is_cut,
        an_idle_connection_is_small, over_the_limit_of_connections_one_waits, one_address_has_a_limit,
        too_large_is_heard_in_the_middle_of_sending, a_chunked_body_has_the_same_limit, a_large_body_arrives_whole,
        all_bodies_together_have_a_limit, clients_that_leave_during_a_write, many_writes_at_once, a_stop_lets_what_runs_end,
        a_stop_is_not_held_up_by_a_slow_client)
