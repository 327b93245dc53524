"""Makes the files of one runtime: `python convert.py <network folder> <variant>`, a process of its own each."""

import pathlib
import sys

from folder import NetworkFolder
from runtimes import VARIANTS

if __name__ == "__main__":
    variant = VARIANTS[sys.argv[2]]
    variant.load_module().convert(NetworkFolder(pathlib.Path(sys.argv[1])), variant.precision)
