"""One runtime in a process of its own, stopped while others are measured."""

import json
import os
import pathlib
import signal
import subprocess
import sys

from folder import NetworkFolder

HERE = pathlib.Path(__file__).parent


class Unavailable(Exception):
    """Why a runtime cannot take part, in one line."""


def convert(folder: NetworkFolder, variant: str) -> None:
    """Makes the runtime's files once; what it prints goes to `<variant>.log`."""
    done = folder.path / f"{variant}.done"
    if done.exists():
        return
    log = folder.path / f"{variant}.log"
    with open(log, "w") as file:
        command = [sys.executable, HERE / "convert.py", folder.path, variant]
        status = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT).returncode
    if status != 0:
        raise Unavailable(_reason(log, status))
    done.touch()


def _reason(log: pathlib.Path, status: int) -> str:
    if status < 0:
        return f"ended by {signal.Signals(-status).name}"
    lines = [line.strip() for line in log.read_text().splitlines() if line.strip()]
    return lines[-1][:120] if lines else f"exit code {status}"


class Peer:
    """Outside `run` the process is stopped, so that its threads cannot spin."""

    def __init__(self, folder: NetworkFolder, variant: str, thread_count: int):
        self.outputs = folder.path / "pictures" / variant
        self.log = folder.path / f"{variant}-run.log"
        command = [sys.executable, HERE / "worker.py", folder.path, variant, str(thread_count), self.outputs]
        with open(self.log, "w") as file:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file, text=True, bufsize=1
            )
        self._answer()
        self._signal(signal.SIGSTOP)

    def run(self, name: str, run_count: int) -> dict:
        """The times in milliseconds and the peak resident memory in bytes."""
        self._signal(signal.SIGCONT)
        self.process.stdin.write(f"{name} {run_count}\n")
        answer = self._answer()
        self._signal(signal.SIGSTOP)
        return answer

    def picture_path(self, name: str) -> pathlib.Path:
        """Where the last `run` left the values in -1...1."""
        return self.outputs / f"{name}.npy"

    def close(self) -> None:
        self._signal(signal.SIGCONT)
        self.process.stdin.close()
        self.process.wait()

    def _answer(self) -> dict:
        line = self.process.stdout.readline()
        if not line:
            raise Unavailable(_reason(self.log, self.process.wait()))
        return json.loads(line)

    def _signal(self, number: int) -> None:
        os.kill(self.process.pid, number)
