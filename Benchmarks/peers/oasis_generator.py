"""OASIS's generator in PyTorch, written from the description of what the released networks compute.

One block a grid. Where there is noise, its channels come before the map's classes, and every layer that reads the map
reads them too.
"""

import functools

from generator import Generator, Modulation


class OasisGenerator(Generator):
    modulation = functools.partial(Modulation, norm_name="first_norm")

    @staticmethod
    def block_names(doubling_count: int) -> list[list[str]]:
        return [[f"body.{index}"] for index in range(doubling_count + 1)]
