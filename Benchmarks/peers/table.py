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
    times = " / ".join(f"{result.median(count):.0f}" for count in thread_counts)
    parts = [f"{times} ms"]
    if all(result.timings[count].ratios for count in thread_counts):
        parts.append(" / ".join(f"{result.ratio(count):.2f}×" for count in thread_counts))
    parts.append(f"{result.peak_bytes / 1e6:.0f} MB")
    parts.append(f"{statistics.mean(result.psnr):.1f} dB")
    return ", ".join(parts)


def _best_ratios(results: dict[str, Result], thread_counts: list[int]) -> str:
    peers = [
        result
        for variant, result in results.items()
        if variant != "ours" and VARIANTS[variant].is_int8 and not result.reason
    ]
    if not peers:
        return "none"
    return " / ".join(f"{min(peer.ratio(count) for peer in peers):.2f}×" for count in thread_counts)
