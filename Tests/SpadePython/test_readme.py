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

from spade_runtime import __version__

README = (ROOT / "Sources/SpadePython/README.md").read_text()
CODE = "\n".join(re.findall(r"```python\n(.*?)```", README, re.DOTALL))


@pytest.fixture
def folder(tmp_path):
    """A copy of the landscape model's folder as packages have it, with the README's code."""
    for name in ["layouts", "styles"]:
        shutil.copytree(LANDSCAPES / name, tmp_path / name)
    (tmp_path / "landscapes.spade").symlink_to(LANDSCAPES / "landscapes.spade")
    (tmp_path / "code.py").write_text(CODE)
    return tmp_path


def run(folder, *command):
    done = subprocess.run([sys.executable, *command, "code.py"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_runs_again_and_again(folder, landscapes, program, pytestconfig):
    if pytestconfig.getoption("one_in") == 1:
        run(folder)
    said = run(folder)
    assert "'sky'" in said and "'sky #8fc7f0'" in said and " ms with " in said
    assert Image.open(folder / "meadow.png").size == (256, 256)
    assert sorted(os.listdir(folder / "pictures")) == sorted(os.listdir(folder / "layouts"))
    model, style = folder / "landscapes.spade", folder / "dusk.z"
    expected, _ = program(model, folder / "layouts/river.png", "--style", style)
    assert np.array_equal(np.asarray(Image.open(folder / "pictures/river.png")), expected)
    # The map is a drawing's, and the last of the layouts was painted on the sheet and in the film.
    ids = np.asarray(Image.open(folder / "map.png"))
    assert len(np.unique(ids)) > 3
    expected, message = program(model, folder / "map.png", "--style", style)
    assert np.array_equal(landscapes.paint(ids, style=landscapes.read_style(style)), expected) and message == ""
    last = folder / "layouts" / max(os.listdir(folder / "layouts"))
    tile = np.asarray(Image.open(folder / "sheet.png"))[512:, 256:512]
    assert np.array_equal(tile, program(model, last, "--seed", "9")[0])
    film = Image.open(folder / "film.png")
    assert film.n_frames == 24
    for frame, mood in [(0, "night"), (23, "summer")]:
        film.seek(frame)
        expected, _ = program(model, last, "--style", folder / f"styles/{mood}.png")
        assert np.array_equal(np.asarray(film.convert("RGB")), expected)


def test_the_model_of_an_unpacked_archive_is_copied(tmp_path):
    line = next(each for each in README.splitlines() if each.startswith("cp -r spade-run_"))
    archive = tmp_path / f"spade-run_{__version__}_arm64"
    (archive / "share/spade/landscapes").mkdir(parents=True)
    (archive / "share/spade/landscapes/landscapes.spade").symlink_to(LANDSCAPES / "landscapes.spade")
    (tmp_path / f"{archive.name}.tar.gz").write_bytes(b"")
    (tmp_path / "code.py").write_text("from spade_runtime import Model\nModel('landscapes.spade').close()")
    subprocess.run(["sh", "-ec", f'{line}\n"$0" ../code.py', sys.executable], cwd=tmp_path, check=True)


def test_the_wheel_has_the_license_and_no_link_to_nowhere():
    distribution = metadata.distribution("spade-runtime")
    assert distribution.metadata["License-Expression"] == "Apache-2.0"
    assert distribution.metadata.get_all("License-File") == ["LICENSE", "copyright"]
    license = distribution.read_text("licenses/LICENSE") or ""
    assert license == (ROOT / "LICENSE").read_text() and "Apache License" in license
    copyright = distribution.read_text("licenses/copyright")
    assert copyright == (ROOT / "Scripts/packages/debian/copyright").read_text()
    description = distribution.metadata["Description"] or distribution.metadata.get_payload()
    assert "# spade-runtime" in description
    links = re.findall(r"\]\(([^)]*)\)", re.sub(r"```.*?```|`[^`]*`", "", description, flags=re.DOTALL))
    assert [link for link in links if not link.startswith("https://")] == []


def test_its_types_are_right(folder):
    pytest.importorskip("mypy")
    run(folder, "-m", "mypy", "--strict", "--cache-dir", folder / "cache")
