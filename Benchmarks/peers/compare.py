"""Times other runtimes side by side with ours on the same network; see README.md."""

import argparse
import pathlib
import sys
import tempfile

from runtimes import VARIANTS

NETWORKS = {
    "ade20k": ["--preset", "ade20k", "--ngf", "64"],
    "coco": ["--preset", "coco", "--ngf", "64"],
    "cityscapes": ["--preset", "cityscapes", "--ngf", "64"],
    "cityscapes-compressed": ["--family", "gan-compression", "--preset", "cityscapes"],
    "coco-compressed": ["--family", "gan-compression", "--preset", "coco"],
    "clade": ["--family", "clade", "--preset", "ade20k"],
    "oasis": ["--family", "oasis", "--preset", "ade20k"],
    "mobile": ["--ngf", "16", "--classes", "16", "--size", "256x256"],
}
"""Options of `spade random-checkpoint`."""



def main() -> None:
    options = parsed_options()
    if not options.spade.is_file():
        sys.exit(f"compare.py: there is no {options.spade}; build it with make build, and name .build/release/spade")
    try:
        from comparison import compare
    except ModuleNotFoundError as missing:
        requirements = pathlib.Path(__file__).parent / "requirements.txt"
        sys.exit(f"compare.py: {missing.name} is missing here; type {sys.executable} -m pip install -r {requirements}")
    compare({name: NETWORKS[name] for name in options.networks}, options)


def parsed_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--spade", type=pathlib.Path, required=True, help="the spade command, a release build")
    parser.add_argument("--maps", type=pathlib.Path, required=True, help="a folder with labels/ and instances/")
    parser.add_argument("--networks", nargs="+", choices=NETWORKS, default=["ade20k", "mobile"])
    parser.add_argument("--runtimes", nargs="+", choices=VARIANTS, default=list(VARIANTS))
    parser.add_argument("--threads", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=8, help="held-out maps, one a round")
    parser.add_argument("--runs", type=int, default=2, help="pictures in a row in every turn")
    parser.add_argument(
        "--work",
        type=pathlib.Path,
        default=pathlib.Path(tempfile.gettempdir()) / "spade-peers",
        help="where checkpoints and converted networks are kept (default: %(default)s)",
    )
    parser.add_argument("--prepare-only", action="store_true", help="make and convert the networks, measure nothing")
    parser.add_argument("--json", type=pathlib.Path, help="also write every number there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
