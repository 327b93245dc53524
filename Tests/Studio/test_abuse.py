"""Slow, huge, cut and strange requests cost the server little, and it answers others meanwhile."""

import contextlib
import os
import random
import socket
import time

import pytest
from conftest import Studio
from test_api import request


@pytest.fixture(scope="module")
def victim():
    server = Studio("--threads", "1")
    yield server
    assert server.stop() == 0


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=60)


def resident(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def is_well(server):
    return request(server, "GET", "/healthz")[0].status == 200


def test_headers_and_bodies_are_bounded(victim):
    with connect(victim) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n")
        assert client.recv(1 << 16).split()[1] in (b"400", b"413")
    with connect(victim) as client:
        client.sendall(b"POST /api/v1/styles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n\r\n")
        assert client.recv(1 << 16).split()[1] == b"413"
    with connect(victim) as client:
        client.sendall(b"POST /api/v1/styles HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(OSError):
            for _ in range(200):
                client.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")
    assert is_well(victim)


def test_pipelined_requests_are_answered_in_order(victim):
    with connect(victim) as client:
        client.sendall(
            b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 5
            + b"GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        )
        data = b""
        while part := client.recv(1 << 16):
            data += part
    assert data.count(b"HTTP/1.1 200") == 5 and data.rindex(b"HTTP/1.1 404") > data.rindex(b"HTTP/1.1 200")


def test_clients_that_go_away_leave_nothing(victim):
    body = bytes(2 * 256 * 256)
    head = (
        b"POST /api/v1/paint HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    for cut in (10, len(head) - 1, len(head) + 1000, len(head) + len(body)):
        for _ in range(10):
            with connect(victim) as client:
                client.sendall((head + body)[:cut])
    assert is_well(victim)


def test_random_bytes_are_refused(victim):
    generator = random.Random(3)
    good = (
        b"POST /api/v1/paint?seed=1 HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Content-Type: image/png\r\nContent-Length: 20\r\n\r\n" + bytes(20)
    )
    before = len(os.listdir(f"/proc/{victim.process.pid}/fd"))
    for _ in range(400):
        data = bytearray(good)
        for _ in range(generator.randint(1, 6)):
            data[generator.randrange(len(data))] = generator.randrange(256)
        with connect(victim) as client:
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            client.settimeout(30)
            with contextlib.suppress(OSError):
                client.recv(1 << 16)
    assert is_well(victim)
    time.sleep(0.5)
    assert len(os.listdir(f"/proc/{victim.process.pid}/fd")) <= before + 2


def test_slow_clients_have_a_deadline(victim):
    """More connections than the server takes, each a byte a second: they end, and then others are answered."""
    clients = [connect(victim) for _ in range(40)]
    for client in clients:
        client.sendall(b"GET / HT")
    start = time.monotonic()
    open_clients = set(clients)
    while open_clients and time.monotonic() - start < 90:
        for client in list(open_clients):
            try:
                client.sendall(b"T")
            except OSError:
                open_clients.discard(client)
        if time.monotonic() - start > 45:
            break
        time.sleep(1)
    assert len(open_clients) <= 8
    for client in clients:
        client.close()
    assert is_well(victim)


def test_memory_stays(victim):
    body = bytes(2 * 256 * 256)
    headers = {"Content-Type": "application/octet-stream", "Accept": "application/octet-stream"}
    for _ in range(5):
        request(victim, "POST", "/api/v1/paint", body, headers)
    before = resident(victim)
    for _ in range(60):
        request(victim, "POST", "/api/v1/paint", body, headers)
    assert resident(victim) < before + 4096
