"""Puts libspade.so into the wheel and marks it with the systems that have what the library needs.

SPADE_ARCHITECTURE names the architecture: x86_64 or aarch64.
"""

import os
import re
import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def glibc(library: Path) -> tuple[int, int]:
    """The oldest C library with every symbol that `library` asks for."""
    symbols = subprocess.run(["objdump", "-T", library], check=True, capture_output=True, text=True).stdout
    return max((int(major), int(minor)) for major, minor in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols))


class Library(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        architecture = os.environ["SPADE_ARCHITECTURE"]
        library = Path(self.root, "../../.build/board", architecture, "libspade.so.0").resolve()
        major, minor = glibc(library)
        build_data["force_include"][str(library)] = "spade_runtime/libspade.so.0"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-manylinux_{major}_{minor}_{architecture}"
