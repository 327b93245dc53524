"""What the studio prints: addresses, and a QR code that a reader understands."""

import os
import pty
import re
import shutil
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import MODEL, SPADE
from PIL import Image

COLORS = "\x1b[30;107m", "\x1b[0m"


def announced(options, environment, on_terminal):
    """The lines that the studio prints until it is there, on a terminal or into a pipe."""
    ours, theirs = pty.openpty() if on_terminal else os.pipe()
    command = [*SPADE, "studio", str(MODEL), "--port", "0", "--lan", *options]
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(command, stdout=theirs, env={**kept, "TERM": "xterm", **environment}) as process:
        os.close(theirs)
        with open(ours, encoding="utf-8", newline="\n") as stream:
            lines = []
            while not lines or "Ctrl+C" not in lines[-1]:
                lines.append(stream.readline().rstrip("\r\n"))
            process.terminate()
    return lines


@pytest.mark.parametrize("count", [[], ["--keep-most", "3"]])
def test_it_says_where_pictures_are_kept(tmp_path, count):
    lines = announced(["--keep", str(tmp_path / "visitors"), *count], {}, False)
    most = count[1] if count else "200"
    assert f"What people save or keep also goes into {tmp_path}/visitors, the newest {most} of it." in lines


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg reads the code")
@pytest.mark.parametrize("token", [None, "t" * 40, "+/=._~-+Aa0"])
@pytest.mark.parametrize("where", ["a terminal", "a terminal without colours", "a pipe"])
def test_the_code_is_the_address(tmp_path, token, where):
    environment = {"NO_COLOR": "1"} if "without" in where else {}
    lines = announced(["--token", token] if token else [], environment, "terminal" in where)
    addresses = re.findall(r"http://\S+", "\n".join(lines))
    is_colored = where == "a terminal"
    assert any("\x1b" in line for line in lines) == (is_colored and len(addresses) > 1)
    rows = [line.removeprefix(COLORS[0]).removesuffix(COLORS[1]) for line in lines]
    rows = [row for row in rows if row and set(row) <= set(" █▀▄")]
    if not rows:
        pytest.skip("this machine is in no network")
    # Blocks are dark on light, or light on dark.
    ground, block = (255, 0) if is_colored else (0, 255)
    scale = 6
    image = Image.new("L", (len(rows[0]) * scale, len(rows) * 2 * scale), ground)
    for y, row in enumerate(rows):
        for x, character in enumerate(row):
            for half, is_block in enumerate([character in "█▀", character in "█▄"]):
                if is_block:
                    top = (2 * y + half) * scale
                    image.paste(block, (x * scale, top, (x + 1) * scale, top + scale))
    image.save(tmp_path / "code.png")
    found = subprocess.run(
        ["zbarimg", "-q", "--raw", str(tmp_path / "code.png")], capture_output=True, text=True
    ).stdout.strip()
    assert found in addresses and parse_qs(urlsplit(found).query).get("token") == (token and [token])
