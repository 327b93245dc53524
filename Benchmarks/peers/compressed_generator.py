"""GAN Compression's generator in PyTorch, written from the description of what its `sub_mobile_spade` computes.

Blocks have channel counts of their own, and γ and β are separable convolutions with an instance norm inside.
"""

import functools

import numpy
from torch import nn

from generator import Generator, Modulation, convolution


def separable_convolution(weights: dict[str, numpy.ndarray], name: str) -> nn.Sequential:
    """A depthwise convolution, an instance norm by the statistics of this map, a 1×1 convolution."""
    hidden_count = len(weights[f"{name}.conv.0.weight"])
    return nn.Sequential(
        convolution(weights, f"{name}.conv.0", group_count=hidden_count),
        nn.InstanceNorm2d(hidden_count, eps=1e-5),
        convolution(weights, f"{name}.conv.2"),
    )


class CompressedGenerator(Generator):
    modulation = functools.partial(Modulation, from_hidden=separable_convolution)
