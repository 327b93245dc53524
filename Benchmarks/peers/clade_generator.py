"""CLADE's generator in PyTorch, written from the description of what the official networks compute.

A SPADE layer is two tables by class. A row of a table is a 1×1 convolution of the one-hot map, which every runtime
quantises by output channel and computes without error in the map.
"""

import numpy
from torch import nn

from generator import Generator, batch_norm, convolution


def table(weights: dict[str, numpy.ndarray], name: str, map_channel_count: int) -> nn.Conv2d:
    """From the one-hot map to the rows [c] of a table [classes, c]."""
    return convolution({"table.weight": weights[name].T[:, :, None, None].copy()}, "table", map_channel_count)


class ClassAdaptive(nn.Module):
    """`n(x) · W[class] + B[class]`."""

    def __init__(self, weights, name: str, channel_count: int, map_channel_count: int):
        super().__init__()
        self.norm = batch_norm(weights, f"{name}.param_free_norm", channel_count)
        self.scale = table(weights, f"{name}.class_specified_affine.weight", map_channel_count)
        self.shift = table(weights, f"{name}.class_specified_affine.bias", map_channel_count)

    def forward(self, x, one_hot):
        return self.norm(x) * self.scale(one_hot) + self.shift(one_hot)


class CladeGenerator(Generator):
    modulation = ClassAdaptive
