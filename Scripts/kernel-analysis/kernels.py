"""The loops that are looked at, and the cores."""

import re
from dataclasses import dataclass

import instructions


@dataclass(frozen=True)
class Core:
    name: str
    # Of the Swift property that holds its rates; None for a core that no board here has.
    property: str | None
    # LLVM's name of the model. It has none of its own for the Cortex-A76: the Neoverse N1 is the same core for servers.
    cpu: str
    in_order: bool
    # Kernel sets that run on it and are worth a look.
    sets: tuple


CORES = [
    Core("Cortex-A53", "cortexA53", "cortex-a53", True, ("neon",)),
    Core("Cortex-A55", None, "cortex-a55", True, ("neon", "neondot")),
    Core("Cortex-A72", "cortexA72", "cortex-a72", False, ("neon",)),
    Core("Cortex-A76", "cortexA76", "neoverse-n1", False, ("neon", "neondot")),
]


@dataclass(frozen=True)
class Kernel:
    name: str
    set: str
    # Below Sources/CSpadeKernels.
    source: str
    function: str
    # What a cycle does several of.
    unit: str
    # The property of KernelRates that holds the rate.
    rate: str
    # Instructions that do `units` of it each.
    pattern: str
    units: int
    # Whether loads and stores belong to the limit, because no other order of the loops needs fewer.
    moves_data: bool

    def work(self, loop):
        return self.units * sum(re.match(self.pattern, line) is not None for line in loop)

    def counts(self, line):
        """Whether the limit counts the instruction."""
        moves = instructions.is_load(line) or instructions.is_store(line)
        if self.moves_data:
            return moves or instructions.is_vector_arithmetic(line)
        return re.match(r"(smull|smlal|sadalp|sdot)", line) is not None

    def loops(self, functions):
        """The loop that does most at a turn, where there are several for several shapes."""
        loops = [loop for loop in functions[self.function] if self.work(loop)]
        most = max(map(self.work, loops))
        return [loop for loop in loops if self.work(loop) == most]


# The kernels that the set shares with others.
NEON = "neon/set.c"

KERNELS = [
    Kernel(
        "product", "neon", "neon/s8_product_2x16c8.c", "spade_s8_product_2x16c8__neon",
        "multiply-adds", "multiplyAdds", r"smull|smlal", 8, False,
    ),
    Kernel(
        "product, dot", "neondot", "neondot/s8_product_4x16c4.c", "spade_s8_product_4x16c4__neondot",
        "multiply-adds", "multiplyAdds", r"sdot", 16, False,
    ),
    Kernel(
        "modulate", "neon", NEON, "spade_s16_modulate__neon",
        "values", "modulatedValues", r"fcvtns\s+v", 4, True,
    ),
    Kernel(
        "requantize", "neon", NEON, "spade_s32_requantize__neon",
        "values", "requantizedValues", r"fcvtns\s+v", 4, True,
    ),
    Kernel(
        "table sum", "neon", NEON, "spade_s16_table_sum_relu__neon",
        "additions", "tableAdditions", r"add\s+v\d+\.8h", 8, True,
    ),
    Kernel(
        "tap sum", "neon", NEON, "spade_s32_tap_sum__plain",
        "additions", "tapAdditions", r"add\s+v\d+\.4s", 4, True,
    ),
    Kernel(
        "tile product", "neon", "neon/s16_winograd_3x8c4.c", "spade_s16_winograd_3x8c4__neon",
        "multiply-adds", "tiles.multiplyAdds", r"smlal", 4, False,
    ),
    Kernel(
        "codes to points", "neon", NEON, "spade_s16_winograd_input__plain",
        "points", "tiles.codePoints", r"str\s+q\d+, \[x", 8, True,
    ),
    Kernel(
        "weights to points", "neon", NEON, "spade_s16_winograd_weights__plain",
        "points", "tiles.weightPoints", r"str\s+q\d+, \[x", 8, True,
    ),
    # Four columns of a pixel at a store; 36 points make 16 pixels.
    Kernel(
        "points to pixels", "neon", NEON, "spade_s16_winograd_output__plain",
        "points", "tiles.sumPoints", r"str\s+q\d+, \[x", 9, True,
    ),
]
