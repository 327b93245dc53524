"""Runs one runtime in a process of its own: `python worker.py <network folder> <variant> <threads> <output folder>`.

Reads lines `<map name> <run count>`, writes one JSON line for each: the times in milliseconds and the peak resident
memory in bytes. The picture of the last run goes to `<output folder>/<map name>.npy`. The first line written says that
the model is loaded and has painted once.
"""

import json
import os
import pathlib
import sys
import time

import numpy

import maps
from folder import NetworkFolder, names
from runtimes import VARIANTS


def main() -> None:
    folder = NetworkFolder(pathlib.Path(sys.argv[1]))
    variant, thread_count, outputs = VARIANTS[sys.argv[2]], int(sys.argv[3]), pathlib.Path(sys.argv[4])
    outputs.mkdir(parents=True, exist_ok=True)
    # Runtimes print to standard output too: answers go to a copy of it.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    network = folder.network()
    session = variant.load_module().Session(folder, variant.precision, thread_count)

    def session_input(name):
        return session.input(maps.network_input(folder.held_out, name, network, session.map_channel_count))

    session.run(session_input(names(folder.held_out)[0]))
    print(json.dumps({"loaded": True}), file=answers)
    for line in sys.stdin:
        name, run_count = line.split()
        value = session_input(name)
        times = []
        for _ in range(int(run_count)):
            start = time.perf_counter()
            output = session.run(value)
            times.append(1000 * (time.perf_counter() - start))
        numpy.save(outputs / f"{name}.npy", session.picture(output))
        print(json.dumps({"times": times, "peak": peak_memory()}), file=answers)


def peak_memory() -> int:
    """Peak resident bytes of this process since it began; `ru_maxrss` would include the parent's at the fork."""
    status = pathlib.Path("/proc/self/status").read_text()
    return next(1024 * int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
