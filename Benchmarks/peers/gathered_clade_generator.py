"""CLADE's generator for runtimes that look up rows of a table sooner than they multiply a one-hot map by it.

Instead of the one-hot map it reads the class of every pixel, int64 [1, 1, H, W].
"""

import torch
from torch import nn
from torch.nn import functional

from clade_generator import CladeGenerator
from generator import batch_norm


class OneHot(nn.Module):
    def __init__(self, channel_count: int):
        super().__init__()
        self.channel_count = channel_count

    def forward(self, classes):
        return functional.one_hot(classes[:, 0], self.channel_count).permute(0, 3, 1, 2).float()


class GatheredClassAdaptive(nn.Module):
    """`n(x) · W[class] + B[class]`."""

    def __init__(self, weights, name: str, channel_count: int, map_channel_count: int):
        super().__init__()
        self.norm = batch_norm(weights, f"{name}.param_free_norm", channel_count)
        self.scale, self.shift = (
            nn.Embedding.from_pretrained(torch.from_numpy(weights[f"{name}.class_specified_affine.{table}"]))
            for table in ("weight", "bias")
        )

    def forward(self, x, classes):
        scale, shift = (table(classes[:, 0]).permute(0, 3, 1, 2) for table in (self.scale, self.shift))
        return self.norm(x) * scale + shift


class GatheredCladeGenerator(CladeGenerator):
    modulation = GatheredClassAdaptive

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fc = nn.Sequential(OneHot(self.fc.in_channels), self.fc)
