#!/usr/bin/env python3
"""Sends mutated requests, each over a connection of its own, and looks at what comes back: answers, or an end.

    Tests/Studio/fuzz.py PORT [--count 1000000] [--workers 4] [--seed 1]
"""

import argparse
import io
import multiprocessing
import random
import re
import socket
import struct

TOKENS = [
    *(line + b"\r\n" for line in [
        b"", b"\r\n", b"Host: 127.0.0.1", b"Host: evil.example", b"Content-Length: 0", b"Content-Length: -1",
        b"Content-Length: 99999999999999999999", b"Transfer-Encoding: chunked", b"Expect: 100-continue",
        b"Connection: close", b"Connection: upgrade", b"Origin: http://evil.example", b"Authorization: Bearer x",
        b"Sec-Fetch-Site: cross-site", b"ffffffff", b"0\r\n", b"HTTP/1.1 200 OK", b"GET / HTTP/1.1",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n",
    ]),
    b"\0", b" ", b":", b"%00", b"%", b"?", b"&", b"=", b"HTTP/1.0", b"HTTP/9.9", b"../", b"//", b"http://a/", b"[::1]",
    b"\xff\xfe", b"\x89PNG\r\n\x1a\n", b"seed=18446744073709551616", b"weight=nan", b"A" * 9000,
]  # fmt: skip


def post(path, kind, body, more=b""):
    head = b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
    return head % (path, kind, len(body), more) + body


def files():
    """A small PNG and a small JPEG with an orientation."""
    from PIL import Image

    png, jpeg, noise = io.BytesIO(), io.BytesIO(), Image.effect_noise((24, 16), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    noise.save(png, "png")
    noise.save(jpeg, "jpeg", exif=exif)
    return png.getvalue(), jpeg.getvalue()


def seeds():
    """Good requests, those that are answered at once and those that take longer, for a network of 64 by 32."""
    png, jpeg = files()
    paths = [
        *["", "style.css", "main.js", "icon.svg", "healthz", "metrics", "nothing"],
        *[f"api/v1/{name}" for name in ["model", "layouts", "styles", "status", "layouts/a.png"]],
    ]
    end = b" HTTP/1.1\r\nHost: 127.0.0.1:7860\r\nAccept-Encoding: gzip\r\n\r\n"
    gets = [b"GET /" + path.encode() + end for path in paths]
    ids, raw = b"application/octet-stream", b"Accept: application/octet-stream\r\n"
    chunked = (
        b"POST /api/v1/styles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n4\r\n\x89PNG\r\n0\r\n\r\n"
    )
    quick = [
        *gets,
        b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        gets[0] * 3,
        post(b"/api/v1/paint?seed=7&page=3", ids, bytes(2 * 64 * 64)),
        post(b"/api/v1/paint?style=iVNUWUxFDQoBAAAACAAAAA", ids, bytes(100)),
        post(b"/api/v1/paint", b"image/png", png[:-30]),
        post(b"/api/v1/styles", b"image/png", png[:-30]),
        post(b"/api/v1/styles", b"image/jpeg", jpeg[:-30]),
        chunked,
    ]
    slow = [
        post(b"/api/v1/paint?seed=1&blend_seed=2&weight=0.25", ids, bytes(4 * 64 * 32), raw),
        post(b"/api/v1/styles", b"image/png", png),
        post(b"/api/v1/styles", b"image/jpeg", jpeg),
    ]
    return quick, slow


def mutated(generator, good, slow):
    data = bytearray(generator.choice(slow if generator.random() < 0.003 else good))
    for _ in range(generator.randint(0, 5)):
        # Mostly in the head, where the server decides.
        span = min(len(data), 400) if generator.random() < 0.8 else len(data)
        at = generator.randrange(span + 1)
        kind = generator.randrange(6)
        if kind == 0 and at < len(data):
            data[at] = generator.randrange(256)
        elif kind == 1:
            del data[at : at + generator.randint(1, 16)]
        elif kind == 2:
            data[at:at] = generator.choice(TOKENS)
        elif kind == 3:
            data[at : at + generator.randint(1, 24)] = generator.choice(TOKENS)
        elif kind == 4:
            other = generator.choice(good)
            data[at:] = other[generator.randrange(len(other)) :]
        else:
            data[at:at] = data[at : at + generator.randint(1, 64)]
    return bytes(data[: generator.randrange(len(data) + 1)] if generator.random() < 0.1 else data)


def send(port, data):
    """What came back."""
    with socket.create_connection(("127.0.0.1", port), timeout=120) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        back = b""
        try:
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            while part := client.recv(1 << 16):
                back += part
        except ConnectionError:
            pass
        return back


def work(port, seed, count):
    generator, found = random.Random(seed), {}
    good, slow = seeds()
    for _ in range(count):
        data = mutated(generator, good, slow)
        back = send(port, data)
        # libevent answers in the minor version that it was asked in.
        status = re.match(rb"HTTP/1\.-?\d+ (\d{3}) ", back)
        assert status or not back, (data[:300], back[:300])
        name = status[1].decode() if status else "none"
        found[name] = found.get(name, 0) + 1
    return found


def fuzz(port, count, workers, seed):
    """Counts of first answers by their status."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        shares = [(port, seed * 1000 + index, count // workers) for index in range(workers)]
        parts = pool.starmap(work, shares)
    names = sorted({name for part in parts for name in part})
    return {name: sum(part.get(name, 0) for part in parts) for name in names}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("port", type=int)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found = fuzz(options.port, options.count, options.workers, options.seed)
    print(f"{sum(found.values())} requests: " + ", ".join(f"{count} of {name}" for name, count in found.items()))


if __name__ == "__main__":
    main()
