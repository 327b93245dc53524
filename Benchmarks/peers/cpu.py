"""What the CPU is, as `/proc/cpuinfo` tells it."""

import functools
import pathlib

INT8_SETS = {
    "amx_int8": "AMX int8",
    "avx512_vnni": "AVX-512 VNNI",
    "avx_vnni": "AVX-VNNI",
    "avx512bw": "AVX-512",
    "avx2": "AVX2",
    "i8mm": "NEON i8mm",
    "asimddp": "NEON dotprod",
    "asimd": "NEON",
    "sse4_1": "SSE4.1",
}


@functools.cache
def _fields() -> dict[str, str]:
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def flags() -> set[str]:
    fields = _fields()
    return set(fields.get("flags", fields.get("Features", "")).split())


def name() -> str:
    return _fields().get("model name", "unknown CPU")


def instruction_set() -> str:
    """The best one for int8 products."""
    found = flags()
    return next((title for flag, title in INT8_SETS.items() if flag in found), "unknown")


def has_int8_dot_product() -> bool:
    """Without one, products of full-range u8 and s8 in pairs saturate, and weights need one bit less on x86."""
    return bool(flags() & {"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})


def has_bfloat16() -> bool:
    return bool(flags() & {"avx512_bf16", "amx_bf16", "bf16"})
