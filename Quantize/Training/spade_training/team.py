"""Training on several CPU cores: a process a core, each with samples of its own and the same weights.

One process with a thread a core is hardly faster than with one thread: the tensors are small.
"""

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import distributed, multiprocessing


@dataclass(frozen=True)
class Team:
    """This process's place among those that train together."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        """Whether this process writes progress, sheets and checkpoints."""
        return self.rank == 0

    def average(self, tensors: Iterable[torch.Tensor]):
        """Gives every process the mean of the team's tensors, in place."""
        if self.size == 1:
            return
        tensors = list(tensors)
        flat = torch.cat([t.flatten() for t in tensors])
        distributed.all_reduce(flat)
        parts = (flat / self.size).split([t.numel() for t in tensors])
        torch._foreach_copy_(tensors, [part.view_as(t) for part, t in zip(parts, tensors)])


def run(size: int, work: Callable, *arguments):
    """Calls `work(team, *arguments)` in `size` processes, and returns when all have ended."""
    if size == 1:
        return work(Team(), *arguments)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Processes of a team end with this one, also when it is told to.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    multiprocessing.spawn(_member, (size, port, work, arguments), size, daemon=True)


def _member(rank: int, size: int, port: int, work: Callable, arguments: tuple):
    torch.set_num_threads(1)
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port))
    distributed.init_process_group("gloo", rank=rank, world_size=size)
    try:
        work(Team(rank, size), *arguments)
    finally:
        distributed.destroy_process_group()
