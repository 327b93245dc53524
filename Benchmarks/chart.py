"""How the charts of this folder look. Needs matplotlib."""

import pathlib

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402


def axes(name: str):
    """Empty axes over a logarithmic scale. `name` makes the file's ids: the same file of the same figures."""
    matplotlib.rcParams["svg.hashsalt"] = name
    matplotlib.rcParams["svg.fonttype"] = "none"
    _, empty = pyplot.subplots(figsize=(9, 4.8), layout="constrained")
    empty.set_xscale("log")
    return empty


def save(drawn, ticks: list[int], path: pathlib.Path) -> None:
    drawn.set_xticks(ticks, [str(tick) for tick in ticks], minor=False)
    drawn.minorticks_off()
    drawn.grid(color="#e4e4e4")
    drawn.legend(frameon=False)
    drawn.figure.savefig(path, metadata={"Date": None})
