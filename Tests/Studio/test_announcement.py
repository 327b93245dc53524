"""What the studio prints: addresses, and a QR code that a reader understands."""

import re
import shutil
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import MODEL, SPADE
from PIL import Image


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg reads the code")
@pytest.mark.parametrize("token", [None, "t" * 40, "+/=._~-+Aa0"])
def test_the_code_on_the_terminal_is_the_address(tmp_path, token):
    options = ["--token", token] if token else []
    with subprocess.Popen(
        [*SPADE, "studio", str(MODEL), "--port", "0", "--lan", *options], stdout=subprocess.PIPE, text=True
    ) as process:
        lines = []
        while not lines or "Ctrl+C" not in lines[-1]:
            lines.append(process.stdout.readline())
        process.terminate()
    text = "".join(lines)
    addresses = re.findall(r"http://\S+", text)
    rows = [re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip("\n") for line in lines if "\x1b[" in line]
    if not rows:
        pytest.skip("this machine is in no network")
    scale = 6
    image = Image.new("L", (len(rows[0]) * scale, len(rows) * 2 * scale), 255)
    for y, row in enumerate(rows):
        for x, character in enumerate(row):
            for half, dark in enumerate([character in "█▀", character in "█▄"]):
                if dark:
                    image.paste(0, (x * scale, (2 * y + half) * scale, (x + 1) * scale, (2 * y + half + 1) * scale))
    image.save(tmp_path / "code.png")
    found = subprocess.run(
        ["zbarimg", "-q", "--raw", str(tmp_path / "code.png")], capture_output=True, text=True
    ).stdout.strip()
    assert found in addresses and parse_qs(urlsplit(found).query).get("token") == (token and [token])
