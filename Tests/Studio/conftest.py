"""Starts the program under test; SPADE names it, and SPADE_RUNNER what runs it, such as an emulator."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import numpy
import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "Models/landscapes/landscapes.spade"
SPADE = [*shlex.split(os.environ.get("SPADE_RUNNER", "")), os.environ.get("SPADE", str(ROOT / ".build/release/spade"))]


class Studio:
    """A running studio: its port, the address that it prints, and its end."""

    def __init__(self, *options, model=MODEL, port=0, folder=None):
        command = [*SPADE, "studio", *([str(model)] if model else []), "--port", str(port), *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
        line = ""
        while not (found := re.search(r"http://[^:]+:(\d+)/", line)):
            line = self.process.stdout.readline()
            assert line, self.process.stderr.read()
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.printed = re.search(r"http://\S+", line)[0]

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=60)
        return self.process.returncode


@pytest.fixture(scope="session")
def studio():
    server = Studio("--threads", "1")
    yield server
    assert server.stop() == 0


@pytest.fixture
def page(studio, tmp_path):
    from pages import Page, browser

    driver = browser(tmp_path)
    yield Page(driver, studio, tmp_path)
    addresses = driver.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    outside = [address for address in addresses if not address.startswith((studio.url, "blob:", "data:"))]
    wrong = [
        line
        for line in driver.get_log("browser")
        if line["level"] == "SEVERE" and "ERR_CONNECTION" not in line["message"]
    ]
    driver.quit()
    assert not outside, f"requests left the machine: {outside[:3]}"
    assert not wrong, wrong[:3]


def synthesize(labels, output, *options):
    """Paints with the command line: the answer that the studio has to give."""
    subprocess.run(
        [*SPADE, "synthesize", str(MODEL), str(labels), "-o", str(output), *options], check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def ids():
    """A map of large squares."""
    return numpy.random.default_rng(5).integers(0, 16, (8, 8)).repeat(32, 0).repeat(32, 1).astype("<u2")
