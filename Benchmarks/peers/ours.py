"""The `spade` command, as a user runs it."""

import json
import pathlib
import re
import subprocess
import sys

import numpy
from PIL import Image

import maps
from folder import NetworkFolder

LAUNCHER = """
import json, os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
print("\\n" + json.dumps({"status": status, "peak": 1024 * usage.ru_maxrss}))
"""
"""A small process between, since a child starts with the peak of the process that forks it."""


class Spade:
    def __init__(self, path: pathlib.Path, folder: NetworkFolder):
        self.path = path
        self.folder = folder
        self.has_profile = "\n  profile " in self._call("--help")

    def prepare_checkpoint(self, options: list[str]) -> None:
        if not self.folder.checkpoint.exists():
            self._call("random-checkpoint", self.folder.checkpoint, *options)

    def quantize(self) -> None:
        """Makes the model file when there is none or the command is newer than it."""
        model = self.folder.model
        if not model.exists() or model.stat().st_mtime < self.path.stat().st_mtime:
            self._call("quantize", self.folder.checkpoint, "--calibration", self.folder.calibration, "-o", model)

    def reference(self, name: str) -> numpy.ndarray:
        """The float32 picture of a held-out map, in -1...1."""
        path = self.folder.path / "reference.npy"
        self._call("reference", self.folder.checkpoint, *self._map(name), "-o", path)
        return numpy.load(path)

    def summary(self) -> dict:
        """What `spade inspect` says of the model file."""
        return json.loads(self._call("inspect", self.folder.model, "--json"))

    def times(self, name: str, run_count: int, thread_count: int) -> list[float]:
        """Milliseconds a picture: the median of `spade profile`, or of first pictures if it has no such command."""
        options = ["--threads", str(thread_count)]
        if self.has_profile:
            options += ["--runs", str(run_count), "--json"]
            return [json.loads(self._call("profile", self.folder.model, *self._map(name), *options))["median_ms"]]
        return [self.paint(name, thread_count)["time"] for _ in range(run_count)]

    def paint(self, name: str, thread_count: int) -> dict:
        """The picture [3, H, W], the peak resident memory in bytes, the time in milliseconds, the instruction set."""
        path = self.folder.path / "picture.png"
        command = [self.path, "synthesize", self.folder.model, *self._map(name), "--threads", str(thread_count)]
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, *command, "-o", path]
        *lines, answer = _output(launcher).strip().splitlines()
        answer = json.loads(answer)
        if answer["status"] != 0:
            raise RuntimeError("spade synthesize failed")
        found = re.search(r"in ([\d.]+) (m?s) with (\w+)", "\n".join(lines))
        time = float(found[1]) * (1 if found[2] == "ms" else 1000)
        picture = numpy.asarray(Image.open(path).convert("RGB")).transpose(2, 0, 1)
        return {"picture": picture, "peak": answer["peak"], "time": time, "isa": found[3]}

    def _map(self, name: str) -> list:
        """The arguments for a held-out map and, where the network reads noise, for the peers' noise."""
        network = self.folder.network()
        arguments = [self.folder.held_out / "labels" / name]
        if network.has_edges:
            arguments += ["--instances", self.folder.held_out / "instances" / name]
        if network.noise_count:
            path = self.folder.path / "noise.npy"
            numpy.save(path, maps.noise(name, network))
            arguments += ["--z", path]
        return arguments

    def _call(self, *arguments) -> str:
        return _output([self.path, *arguments])


def _output(command: list) -> str:
    finished = subprocess.run(command, capture_output=True, text=True)
    if finished.returncode != 0:
        words = " ".join(str(word) for word in command if "\n" not in str(word))
        raise RuntimeError(f"{words}: {finished.stderr.strip()}")
    return finished.stdout
