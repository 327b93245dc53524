"""Where instance borders run: as a caller draws them, or between the objects of an instance map."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def drawn(edges: NDArray[Any], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """Truth values, or 0 and one of 1 and 255, as bytes: 0 or not, shape (height, width)."""
    if edges.shape != shape:
        raise ValueError(f"edges has shape {edges.shape}, and {shape} is needed")
    if edges.dtype.kind not in "biu":
        raise TypeError(f"edges has type {edges.dtype}, and truth values or whole numbers are needed")
    if edges.dtype.kind != "b":
        lowest, highest = edges.min(), edges.max()
        if highest not in (0, 1, 255) or ((edges != 0) & (edges != highest)).any():
            raise ValueError(
                f"edges has numbers from {lowest} to {highest}, and 0 and 1, or 0 and 255, are needed: where a border "
                "runs; a map of objects' ids goes into instances="
            )
    return np.ascontiguousarray(edges, bool).view(np.uint8)


def between(instances: NDArray[Any], shape: tuple[int, int]) -> NDArray[np.uint8]:
    """The borders of an instance map, as the programs find them: 1 where the pixel above, below, left or right has
    another id, so on both sides of a border, 0 elsewhere; shape (height, width)."""
    if instances.shape != shape:
        advice = ""
        if instances.ndim == 2 and instances.size:
            advice = "; fit_ids() resizes maps by nearest neighbour"
        elif instances.ndim == 3:
            advice = ": an instance map has a number for each pixel"
        raise ValueError(f"instances has shape {instances.shape}, and {shape} is needed{advice}")
    if instances.dtype.kind not in "iu":
        borders = "; where a border runs goes into edges=" if instances.dtype.kind == "b" else ""
        raise TypeError(f"instances has type {instances.dtype}, and whole numbers are needed{borders}")
    edges = np.zeros(shape, bool)
    beside, below = instances[:, 1:] != instances[:, :-1], instances[1:] != instances[:-1]
    edges[:, 1:] |= beside
    edges[:, :-1] |= beside
    edges[1:] |= below
    edges[:-1] |= below
    return edges.view(np.uint8)
