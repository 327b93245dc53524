"""The code of the wheel's README does what it says, with the types that it has."""

import os
import re
import shutil
import subprocess
import sys
from importlib import metadata

import numpy as np
import pytest
from conftest import LANDSCAPES, ROOT
from PIL import Image

CODE = "\n".join(re.findall(r"```python\n(.*?)```", (ROOT / "Sources/SpadePython/README.md").read_text(), re.DOTALL))


@pytest.fixture
def folder(landscapes, river, tmp_path):
    """A folder with what the README's code reads, and the code."""
    (tmp_path / "landscapes.spade").symlink_to(LANDSCAPES / "landscapes.spade")
    shutil.copytree(LANDSCAPES / "layouts", tmp_path / "layouts")
    (tmp_path / "pictures").mkdir()
    Image.open(LANDSCAPES / "styles/sunset.png").convert("RGB").resize((320, 200)).save(tmp_path / "dusk.jpg")
    colors = np.array([each.color for each in landscapes.classes], np.uint8)
    Image.fromarray(colors[river]).resize((400, 300)).save(tmp_path / "drawing.png")
    coco = np.array([156, 123, 177], np.uint8)[river % 3].repeat(2, 0)
    Image.fromarray(coco).save(tmp_path / "coco-map.png")
    (tmp_path / "code.py").write_text(CODE)
    return tmp_path


def run(folder, *command):
    done = subprocess.run([sys.executable, *command, "code.py"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_runs(folder):
    said = run(folder)
    assert "'sky'" in said and "'sky #8fc7f0'" in said and " ms with " in said
    assert Image.open(folder / "meadow.png").size == (256, 256)
    assert sorted(os.listdir(folder / "pictures")) == sorted(os.listdir(folder / "layouts"))


def test_the_wheel_has_the_license_and_no_link_to_nowhere():
    distribution = metadata.distribution("spade-runtime")
    assert distribution.metadata["License-Expression"] == "Apache-2.0"
    assert distribution.metadata.get_all("License-File") == ["LICENSE"]
    license = distribution.read_text("licenses/LICENSE") or ""
    assert license == (ROOT / "LICENSE").read_text() and "Apache License" in license
    description = distribution.metadata["Description"] or distribution.metadata.get_payload()
    assert "# spade-runtime" in description
    links = re.findall(r"\]\(([^)]*)\)", re.sub(r"```.*?```|`[^`]*`", "", description, flags=re.DOTALL))
    assert [link for link in links if not link.startswith("https://")] == []


def test_its_types_are_right(folder):
    pytest.importorskip("mypy")
    run(folder, "-m", "mypy", "--strict", "--cache-dir", folder / "cache")
