"""Measures one network: ours and every peer in turn, one held-out map a round."""

import dataclasses
import statistics
import typing

import numpy

import maps
from folder import NetworkFolder, names
from ours import Spade
from peer import Peer, Unavailable


@dataclasses.dataclass
class Timing:
    """One runtime with one number of threads."""

    milliseconds: list[float] = dataclasses.field(default_factory=list)
    """Of every map: the median of its turn, of ours that of all its turns."""
    ratios: list[float] = dataclasses.field(default_factory=list)
    """Of every map: its time by that of ours just before."""
    peak_bytes: int = 0


@dataclasses.dataclass
class Result:
    """One runtime on one network."""

    reason: str | None = None
    """Why it is not available."""
    timings: dict[int, Timing] = dataclasses.field(default_factory=dict)
    psnr: list[float] = dataclasses.field(default_factory=list)
    """Against float32, dB, of every map."""

    def mean_ratio(self, thread_count: int) -> float:
        return statistics.mean(self.timings[thread_count].ratios)

    @property
    def peak_bytes(self) -> int:
        return max(timing.peak_bytes for timing in self.timings.values())


def measure(
    spade: Spade,
    folder: NetworkFolder,
    results: dict[str, Result],
    thread_counts: list[int],
    run_count: int,
    note: typing.Callable[[str], None],
) -> None:
    """Adds to `results`, by variant and "ours"; a variant that has a reason already takes no part."""
    for thread_count in thread_counts:
        peers: dict[str, Peer] = {}
        try:
            for variant, result in results.items():
                if variant == "ours" or result.reason:
                    continue
                note(f"{folder.path.name}: loading {variant}, threads: {thread_count}")
                try:
                    peers[variant] = Peer(folder, variant, thread_count)
                except Unavailable as failure:
                    result.reason = str(failure)
            for name in names(folder.held_out):
                _round(spade, folder, results, peers, name, thread_count, run_count, note)
        finally:
            for peer in peers.values():
                peer.close()


def _round(spade, folder, results, peers, name, thread_count, run_count, note) -> None:
    expected = maps.picture(numpy.load(folder.expected(name)))
    painted = spade.paint(name, thread_count)
    ours = results["ours"]
    ours_timing = ours.timings.setdefault(thread_count, Timing())
    ours_timing.peak_bytes = max(ours_timing.peak_bytes, painted["peak"])
    if len(ours.timings) == 1:
        ours.psnr.append(maps.psnr(painted["picture"], expected))
    our_times = []
    for variant, peer in list(peers.items()):
        note(f"{folder.path.name}: {name}, {variant}, threads: {thread_count}")
        our_time = statistics.median(spade.times(name, run_count, thread_count))
        try:
            answer = peer.run(name, run_count)
        except Unavailable as failure:
            results[variant].reason = str(failure)
            del peers[variant]
            continue
        time = statistics.median(answer["times"])
        our_times.append(our_time)
        result = results[variant]
        timing = result.timings.setdefault(thread_count, Timing())
        timing.milliseconds.append(time)
        timing.ratios.append(time / our_time)
        timing.peak_bytes = max(timing.peak_bytes, answer["peak"])
        if len(result.timings) == 1:
            result.psnr.append(maps.psnr(maps.picture(numpy.load(peer.picture_path(name))), expected))
    ours_timing.milliseconds.append(statistics.median(our_times or spade.times(name, run_count, thread_count)))
