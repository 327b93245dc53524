"""Draws which arena buys how much time: the plans that `spade inspect --json` lists of each model, and the one in use.

curves.py --spade .build/release/spade curves.svg 'ADE20K=ade20k.spade' 'landscapes=Models/landscapes/landscapes.spade'

Needs matplotlib.
"""

import argparse
import json
import pathlib
import subprocess

import chart


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spade", required=True, help="the spade command")
    parser.add_argument("picture", type=pathlib.Path)
    parser.add_argument("models", nargs="+", metavar="name=model.spade")
    options = parser.parse_args()
    axes = chart.axes("curves")
    for name, path in (model.split("=", 1) for model in options.models):
        draw(axes, name, inspected(options.spade, path))
    axes.axhline(1.1, color="#999999", linewidth=0.8, linestyle="--")
    axes.set_xlabel("arena, MB")
    axes.set_ylabel("predicted time, × the fastest plan's")
    chart.save(axes, [2, 3, 4, 6, 8, 12, 16, 24, 32, 48], options.picture)


def inspected(spade: str, path: str) -> dict:
    return json.loads(subprocess.run([spade, "inspect", path, "--json"], check=True, capture_output=True).stdout)


def draw(axes, name: str, report: dict) -> None:
    plans = report["plans"]
    arenas = [plan["arena_byte_count"] / 1e6 for plan in plans]
    times = [plan["time"] for plan in plans]
    (line,) = axes.plot(arenas, times, marker=".", label=f"{name}, {report['plan_thread_count']} threads")
    chosen = next(arena for arena in report["arenas"] if arena["thread_count"] == report["plan_thread_count"])
    used = [index for index, plan in enumerate(plans) if plan["arena_byte_count"] <= chosen["byte_count"]]
    if used:
        axes.plot(arenas[used[-1]], times[used[-1]], marker="o", markersize=9, color=line.get_color())


if __name__ == "__main__":
    main()
