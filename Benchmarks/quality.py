"""Draws what each `--quality` costs: PSNR to float32 over a frame's time, the size of the points is the arena's.

quality.py --spade .build/release/spade quality.svg 'ADE20K=ade20k/ maps/labels fast.spade balanced.spade best.spade' …

A network is its name, its checkpoint, a folder of label maps that calibration did not see (instance maps in instances/
beside it), and its model files. They are timed in turns, map by map. Prints the figures as well. Needs matplotlib.
"""

import argparse
import json
import pathlib
import statistics
import subprocess

import chart


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spade", required=True, help="the spade command")
    parser.add_argument("--isa", default="avx2", help="instruction set (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="threads (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="of turns; the fastest counts (default: %(default)s)")
    parser.add_argument("picture", type=pathlib.Path)
    parser.add_argument("networks", nargs="+", metavar="name=checkpoint maps model.spade …")
    options = parser.parse_args()
    axes = chart.axes("quality")
    for name, words in (network.split("=", 1) for network in options.networks):
        checkpoint, labels, *models = words.split()
        draw(axes, name, measured(options, checkpoint, pathlib.Path(labels), models))
    axes.set_xlabel(f"mean time of a frame, ms, {options.isa}, {options.threads} thread{'s'[: options.threads - 1]}")
    axes.set_ylabel("PSNR to float32, dB: mean, and down to the worst map")
    chart.save(axes, [15, 20, 30, 40, 60, 80, 120, 160, 240, 320], options.picture)


def measured(options, checkpoint: str, labels: pathlib.Path, models: list[str]) -> list[dict]:
    """By model: PSNR, milliseconds and bytes."""
    instances = labels.parent / "instances"
    maps = sorted(labels.glob("*.png"))
    times = {model: {path: [] for path in maps} for model in models}
    for _ in range(options.rounds):
        for path in maps:
            objects = ["--instances", instances / path.name] if instances.is_dir() else []
            for model in models:
                times[model][path].append(time(options, model, path, objects))
    return [
        fidelity(options, model, checkpoint, labels, ["--instances", instances] if instances.is_dir() else [])
        | {"milliseconds": [min(turns) for turns in times[model].values()]}
        for model in models
    ]


def time(options, model: str, path: pathlib.Path, objects: list) -> float:
    how = ["--runs", "5", "--threads", str(options.threads), "--isa", options.isa, "--json"]
    return json.loads(call([options.spade, "profile", model, path, *objects, *how]))["median_ms"]


def fidelity(options, model: str, checkpoint: str, labels: pathlib.Path, objects: list) -> dict:
    report = json.loads(call([options.spade, "evaluate", model, checkpoint, labels, *objects, "--json"]))
    arenas = {arena["thread_count"]: arena["byte_count"] for arena in report_of(options, model)["arenas"]}
    found = [picture["psnr"] for picture in report["pictures"]]
    return {"psnr": found, "bytes": arenas[options.threads], "model": model}


def report_of(options, model: str) -> dict:
    return json.loads(call([options.spade, "inspect", model, "--json"]))


def call(command: list) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def draw(axes, name: str, levels: list[dict]) -> None:
    times = [statistics.mean(level["milliseconds"]) for level in levels]
    means = [statistics.mean(level["psnr"]) for level in levels]
    worst = [min(level["psnr"]) for level in levels]
    (line,) = axes.plot(times, means, label=name)
    axes.vlines(times, worst, means, color=line.get_color(), linewidth=1)
    axes.scatter(times, means, s=[level["bytes"] / 1e5 for level in levels], color=line.get_color(), zorder=3)
    for level, milliseconds, mean, least in zip(levels, times, means, worst, strict=True):
        slowest, arena = max(level["milliseconds"]), level["bytes"] / 1e6
        axes.annotate(f"{arena:.1f} MB", (milliseconds, mean), (6, 6), textcoords="offset points", fontsize=8)
        quality = f"{mean:.2f} dB, worst {least:.2f}"
        print(f"{name} {level['model']}: {quality}; {milliseconds:.1f} ms, worst {slowest:.1f}; {arena:.1f} MB")


if __name__ == "__main__":
    main()
