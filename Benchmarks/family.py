"""Prints the rows of the family's table of fidelity: what calibration's knowledge of the maps is worth.

family.py --spade .build/release/spade 'CLADE=family/clade' 'mobile_spade=family/mobile' …

A network is its name, its checkpoint's folder, which has maps of its own (labels/, and instances/ where it reads
borders), and options of `spade quantize`. Each row has the network's name and size and, as mean and worst PSNR to
float32 in dB over its maps:

- held back: each map with a model that was calibrated with all the others and the built-in drawings;
- drawings alone: a model that was calibrated with the drawings only;
- seen: a model that was calibrated with all of them and the drawings, which flatters.
"""

import argparse
import json
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spade", required=True, help="the spade command")
    parser.add_argument("networks", nargs="+", metavar="name=checkpoint options")
    options = parser.parse_args()
    print("| network | size | held back | drawings alone | seen |\n|---|---|---|---|---|")
    for network in options.networks:
        name, words = network.split("=", 1)
        checkpoint, *given = shlex.split(words)
        print(f"| {name} | {' | '.join(row(options.spade, pathlib.Path(checkpoint), given))} |", flush=True)


def row(spade: str, checkpoint: pathlib.Path, given: list[str]) -> list[str]:
    """The cells behind a network's name."""
    names = sorted(path.name for path in (checkpoint / "labels").glob("*.png"))
    if not 2 <= len(names) < 8:
        # Of eight maps `spade quantize` holds some back itself, and nothing would be seen as a whole.
        sys.exit(f"{checkpoint} has {len(names)} maps in labels/; give 2 to 7")
    with tempfile.TemporaryDirectory() as folder:
        work = Work(spade, checkpoint, given, pathlib.Path(folder))
        alone = work.measured([], names)
        seen = work.measured(names, names)
        held = [work.measured([each for each in names if each != name], [name])[0] for name in names]
        return [work.size(), figures(held), figures(alone), figures(seen)]


def figures(psnrs: list[float]) -> str:
    return f"{statistics.mean(psnrs):.1f}, {min(psnrs):.1f} dB"


class Work:
    """Models of one checkpoint, in a folder of its own."""

    def __init__(self, spade: str, checkpoint: pathlib.Path, given: list[str], folder: pathlib.Path) -> None:
        self.spade, self.checkpoint, self.given, self.folder = spade, checkpoint, given, folder
        self.model = folder / "model.spade"

    def measured(self, calibration: list[str], held_out: list[str]) -> list[float]:
        """PSNR of some of the maps with a model that was calibrated with others."""
        how = ["--calibration", self.maps("calibration", calibration)] if calibration else []
        self.call("quantize", self.checkpoint, *how, *self.given, "-o", self.model)
        report = json.loads(
            self.call("evaluate", self.model, self.checkpoint, self.maps("evaluation", held_out), "--json")
        )
        for picture in report["pictures"]:
            if picture["seen"] != (picture["name"] in calibration):
                sys.exit(f"{self.checkpoint}: {picture['name']} is there under another name as well")
        return [float(picture["psnr"]) for picture in report["pictures"]]

    def maps(self, name: str, chosen: list[str]) -> pathlib.Path:
        """A folder with some of the maps."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        for kind in ["labels", "instances"]:
            if (self.checkpoint / kind).is_dir():
                (folder / kind).mkdir(parents=True)
                for each in chosen:
                    (folder / kind / each).symlink_to((self.checkpoint / kind / each).resolve())
        return folder

    def size(self) -> str:
        network = json.loads(self.call("inspect", self.model, "--json"))["network"]
        return f"{network['width']} × {network['height']}"

    def call(self, *command: object) -> str:
        done = subprocess.run([self.spade, *map(str, command)], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return done.stdout


if __name__ == "__main__":
    main()
