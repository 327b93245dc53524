"""What the menu's entry runs: a studio, and its page in the browser."""

import json
import os
import shlex
import socket
import subprocess
import time
import urllib.request

import pytest
from conftest import MODEL, ROOT, SPADE, Studio

SCRIPT = ROOT / "Scripts/packages/open-studio"


@pytest.fixture
def environment(tmp_path):
    """A path with spade-run and a browser that writes down what it is asked for."""
    for name, line in [("spade-run", f'exec {shlex.join(SPADE)} "$@"'), ("xdg-open", f'echo "$1" >>{tmp_path}/opened')]:
        (tmp_path / name).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / name).chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PORT": str(port)}


def opened(folder):
    for _ in range(200):
        if (folder / "opened").exists():
            return (folder / "opened").read_text().split()
        time.sleep(0.1)
    return []


def test_the_menu_starts_a_studio_and_opens_its_page(environment, tmp_path):
    command = [str(SCRIPT), str(MODEL)]
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{environment['PORT']}/"
        assert opened(tmp_path) == [address]
        facts = json.loads(urllib.request.urlopen(f"{address}api/v1/model").read())
        assert facts["name"] == "landscapes"
        # Once more: the page of the one that runs.
        again = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30
        )
        assert again.returncode == 0 and "runs already" in again.stdout
        time.sleep(0.3)
        assert opened(tmp_path) == [address, address]
    finally:
        os.killpg(process.pid, 15)
        process.communicate(timeout=30)


def test_a_studio_that_cannot_start_says_so(environment):
    answer = subprocess.run(
        [str(SCRIPT), "nowhere.spade"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert answer.returncode == 1 and "nowhere.spade" in answer.stderr


def test_without_a_model_the_one_that_is_found_is_taken(tmp_path):
    (tmp_path / "Models").mkdir()
    (tmp_path / "Models/lake.spade").symlink_to(MODEL)
    (tmp_path / "Models/landscapes.spade").write_bytes(MODEL.read_bytes())
    server = Studio("--threads", "1", model=None, folder=tmp_path)
    facts = json.loads(urllib.request.urlopen(f"{server.url}/api/v1/model").read())
    server.process.terminate()
    _, errors = server.process.communicate(timeout=60)
    assert facts["name"] == "landscapes" and "note: the model is Models/landscapes.spade." in errors
