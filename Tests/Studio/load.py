#!/usr/bin/env python3
"""Many people painting at once: how long they wait, how many are sent away, and whether the server's memory grows.

    Tests/Studio/load.py [--clients 50] [--seconds 600]      the program is SPADE, as for the tests
"""

import argparse
import http.client
import random
import statistics
import threading
import time

SIDE, CLASSES = 256, 15


class Painter(threading.Thread):
    """A page: a stroke after each answer, one request at a time, and a pause where the server asks for it."""

    def __init__(self, port, number, end):
        super().__init__(daemon=True)
        self.port, self.number, self.end = port, number, end
        self.random = random.Random(number)
        self.map = bytearray(2 * SIDE * SIDE)
        self.pictures, self.answers, self.broken = [], {}, 0

    def stroke(self):
        label, row = self.random.randrange(CLASSES), self.random.randrange(SIDE - 24)
        start, length = self.random.randrange(SIDE - 64), self.random.randrange(16, 64)
        for y in range(row, row + 24):
            at = 2 * (y * SIDE + start)
            self.map[at : at + 2 * length] = label.to_bytes(2, "little") * length

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        accept = "image/png" if self.number % 10 == 0 else "application/octet-stream"
        headers = {"Content-Type": "application/octet-stream", "Accept": accept}
        while time.monotonic() < self.end:
            self.stroke()
            start = time.monotonic()
            try:
                path = f"/api/v1/paint?seed={self.number}&page={self.number + 1}"
                connection.request("POST", path, bytes(self.map), headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                # A connection that the server closed while it was idle.
                self.broken += 1
                connection.close()
                continue
            seconds = time.monotonic() - start
            self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
            if answer.status == 200:
                self.pictures.append(seconds)
            self.slowest = max(getattr(self, "slowest", 0), seconds)
            if answer.status == 503:
                time.sleep(float(answer.headers["Retry-After"]))
        connection.close()


def resident(process):
    """Bytes in memory."""
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def load(port, process, clients, seconds):
    """What `clients` saw in `seconds`, and the server's memory from when all had begun."""
    end = time.monotonic() + seconds
    painters = [Painter(port, number, end) for number in range(clients)]
    for painter in painters:
        painter.start()
    time.sleep(min(5, seconds / 3))
    memory = [resident(process)]
    while time.monotonic() < end:
        time.sleep(min(1, max(0.01, end - time.monotonic())))
        memory.append(resident(process))
    for painter in painters:
        painter.join()
    answers = {}
    for painter in painters:
        for status, count in painter.answers.items():
            answers[status] = answers.get(status, 0) + count
    pictures = sorted(second for painter in painters for second in painter.pictures)
    return {
        "answers": answers,
        "broken": sum(painter.broken for painter in painters),
        "fewest": min(len(painter.pictures) for painter in painters),
        "fewest_answers": min(sum(painter.answers.values()) for painter in painters),
        "median": statistics.median(pictures),
        "p95": pictures[int(0.95 * len(pictures))],
        "slowest": max(painter.slowest for painter in painters),
        "memory": (memory[0], max(memory), memory[-1]),
    }


def main():
    from conftest import Studio

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=600)
    options = parser.parse_args()
    server = Studio()
    found = load(server.port, server.process.pid, options.clients, options.seconds)
    ended = server.stop()
    first, most, last = (number / 2**20 for number in found["memory"])
    print(f"{options.clients} clients for {options.seconds:g} s; the server ended with {ended}")
    print(f"answers: {', '.join(f'{count} of {status}' for status, count in sorted(found['answers'].items()))}")
    print(f"connections that ended without an answer: {found['broken']}")
    print(f"fewest pictures of a client: {found['fewest']}; slowest answer {found['slowest']:.3f} s")
    print(f"a picture: {found['median']:.3f} s median, {found['p95']:.3f} s of 95 %")
    print(f"memory: {first:.1f} MiB at first, {most:.1f} at most, {last:.1f} at the end")


if __name__ == "__main__":
    main()
