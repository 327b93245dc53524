"""The networks, one after the other: made, converted for every runtime, timed, and shown as a table."""

import dataclasses
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

import numpy

import cpu
import maps
from folder import NetworkFolder, names
from measure import Result, measure
from ours import Spade
from peer import HERE, Unavailable, convert
from table import table

CALIBRATION_MAP_COUNT = 13
LARGEST_ERROR = 1e-3
"""Between PyTorch's float32 picture and that of `spade reference`, both in -1...1."""


def compare(networks: dict[str, list[str]], options) -> None:
    """`networks` are options of `spade random-checkpoint`, by the networks' names."""
    spade = options.spade.resolve()
    columns = {}
    for network_name, network_options in networks.items():
        folder = NetworkFolder(options.work.resolve() / network_name)
        ours = Spade(spade, folder)
        results = prepare(ours, folder, network_name, network_options, options)
        if options.prepare_only:
            continue
        measure(ours, folder, results, options.threads, options.runs, note)
        network = folder.network()
        billions = ours.summary()["dense_multiply_adds"] / 1e9
        columns[f"{network_name} {network.width}×{network.height}, {billions:.0f} G"] = results
    if columns:
        isa = ours.paint(names(folder.held_out)[0], 1)["isa"]
        print(report(columns, options, isa, ours.has_profile))
        if options.json:
            write_json(columns, options.json)


def prepare(
    ours: Spade, folder: NetworkFolder, network_name: str, network_options: list[str], options
) -> dict[str, Result]:
    """Makes whatever is missing in the network's folder. Variants that cannot be made get their reason."""
    folder.path.mkdir(parents=True, exist_ok=True)
    ours.prepare_checkpoint(network_options)
    write_maps(folder, options)
    note(f"{network_name}: quantising with spade")
    ours.quantize()
    check_reference(ours, folder)
    results = {"ours": Result()}
    for variant in options.runtimes:
        results[variant] = Result()
        note(f"{network_name}: converting for {variant}")
        try:
            convert(folder, variant)
        except Unavailable as failure:
            results[variant].reason = str(failure)
            note(f"{network_name}: {variant} is not available: {failure}")
    return results


def write_maps(folder: NetworkFolder, options) -> None:
    """The first maps calibrate, those after them are held out."""
    found = sorted(path.name for path in (options.maps / "labels").glob("*.png"))
    used = found[: CALIBRATION_MAP_COUNT + options.rounds]
    if len(used) < CALIBRATION_MAP_COUNT + options.rounds:
        sys.exit(f"{options.maps} has {len(found)} maps, {CALIBRATION_MAP_COUNT} + {options.rounds} are needed")
    network = folder.network()
    for destination, chosen in (
        (folder.calibration, used[:CALIBRATION_MAP_COUNT]),
        (folder.held_out, used[CALIBRATION_MAP_COUNT:]),
    ):
        for old in destination.glob("*/*.png"):
            old.unlink()
        maps.prepare(options.maps, destination, network, chosen)


def check_reference(ours: Spade, folder: NetworkFolder) -> None:
    """Stops when PyTorch and `spade reference` compute different networks."""
    missing = [name for name in names(folder.held_out) if not folder.expected(name).exists()]
    if not missing:
        return
    note(f"{folder.path.name}: painting in float32 with PyTorch and with spade reference")
    subprocess.run([sys.executable, HERE / "expect.py", folder.path], check=True)
    error = numpy.abs(numpy.load(folder.expected(missing[0])) - ours.reference(missing[0])).max()
    note(f"{folder.path.name}: largest difference to spade reference {error:.1e}")
    if not error <= LARGEST_ERROR:
        sys.exit(f"{folder.path.name}: PyTorch and spade reference differ by {error}")


def report(columns: dict, options, isa: str, has_profile: bool) -> str:
    threads = " / ".join(str(count) for count in options.threads)
    source = "`spade profile`" if has_profile else "`spade synthesize`, the first picture of a process"
    date = time.strftime("%Y-%m-%d")
    return f"""
{cpu.name()}, {os.cpu_count()} cores, {cpu.instruction_set()}; {platform.system()} {platform.release()}; {date}.
Load average {os.getloadavg()[0]:.1f} at the end.

Every runtime was calibrated with the same {CALIBRATION_MAP_COUNT} maps. Times: {threads} threads, mean over
{options.rounds} held-out maps (the slowest in brackets), {options.runs} pictures a turn, ours by {source}. ×: how many
times as long as ours in the turn just before, mean over the maps (the least in brackets). MB: peak resident memory of
the process, for peers with Python. dB: PSNR to float32 of 8-bit pictures, mean over the maps (the worst in brackets).

{table(columns, options.threads, f"**Spade int8** ({isa})")}"""


def write_json(columns: dict, path: pathlib.Path) -> None:
    values = {
        "cpu": cpu.name(),
        "instruction_set": cpu.instruction_set(),
        "networks": {
            title: {variant: dataclasses.asdict(result) for variant, result in results.items()}
            for title, results in columns.items()
        },
    }
    path.write_text(json.dumps(values, indent=2) + "\n")


def note(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
