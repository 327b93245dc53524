"""The results as a Markdown table: a row for each runtime, a column for each network."""

import statistics

from measure import Result
from runtimes import VARIANTS


def table(columns: dict[str, dict[str, Result]], thread_counts: list[int], our_title: str) -> str:
    """`columns` by title."""
    lines = [f"| runtime | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for variant in next(iter(columns.values())):
        title = our_title if variant == "ours" else VARIANTS[variant].title
        cells = [_cell(results[variant], thread_counts) for results in columns.values()]
        lines.append(f"| {' | '.join([title, *cells])} |")
    best = [_best_ratios(results, thread_counts) for results in columns.values()]
    lines.append(f"| **best int8 peer ÷ ours** | {' | '.join(best)} |")
    return "\n".join(lines)


def _cell(result: Result, thread_counts: list[int]) -> str:
    if result.reason:
        return f"not available: {result.reason.replace('|', '/')}"
    timings = [result.timings[count] for count in thread_counts]
    parts = [" / ".join(_mean_and(max, timing.milliseconds, 0) for timing in timings) + " ms"]
    if all(timing.ratios for timing in timings):
        parts.append(" / ".join(f"{_mean_and(min, timing.ratios, 2)}×" for timing in timings))
    parts.append(f"{result.peak_bytes / 1e6:.0f} MB")
    parts.append(f"{_mean_and(min, result.psnr, 1)} dB")
    return ", ".join(parts)


def _mean_and(worst, values: list[float], digits: int) -> str:
    """The mean and, in brackets, the worst of the maps."""
    return f"{statistics.mean(values):.{digits}f} ({worst(values):.{digits}f})"


def _best_ratios(results: dict[str, Result], thread_counts: list[int]) -> str:
    peers = [
        result
        for variant, result in results.items()
        if variant != "ours" and VARIANTS[variant].is_int8 and not result.reason
    ]
    if not peers:
        return "none"
    fastest = [min(peers, key=lambda peer: peer.mean_ratio(count)).timings[count].ratios for count in thread_counts]
    return " / ".join(f"{_mean_and(min, ratios, 2)}×" for ratios in fastest)
