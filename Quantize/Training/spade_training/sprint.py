"""The whole run on one GPU within minutes: scenes, segmentation network, encoder, generator, export.

Scenes are rendered beside it by the other cores, so that a machine that begins with nothing ends with a network.
Each part is left out where its file is there already; a run that was cut off goes on with its checkpoint.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from . import segment, shipping, teach
from .batch import Settings
from .export import write_checkpoint
from .networks import Shape
from .pool import SHARD_COUNT, Pool, begin_scenes
from .resident import Resident
from .state import Clock, Tally, note, save
from .team import Team
from .train import Trainer, opened

NOTE_EVERY = 50  # iterations
_LEAST = 8 * SHARD_COUNT  # scenes that a run waits for


@dataclass(frozen=True)
class Plan:
    """Wall time, and what it goes to."""

    minutes: float = 9.0
    scenes: int = 24_000  # the most that are rendered or kept in the device's memory
    renderers: int = 15  # processes that render beside the training; 0 for none
    segmenter_share: float = 0.11  # of the time, where there is no segmentation network yet
    encoder_share: float = 0.09  # likewise
    judge_share: float = 0.0  # likewise; the judge can as well be trained later
    reserve: float = 25.0  # seconds kept for the end: statistics and files
    save_seconds: float = 45.0  # between checkpoints


def run(folder: Path, shape: Shape, settings: Settings, plan: Plan):
    """Trains in `folder` for `plan.minutes`, which begin now, and leaves `folder`/export."""
    clock = Clock(plan.minutes * 60)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.backends.cudnn.benchmark = True
    folder.mkdir(parents=True, exist_ok=True)
    renderers = _rendering(folder, shape.size, plan)
    try:
        pool = _first_scenes(folder, clock, renderers)
        _prepare(folder, pool, shape, plan, clock)
        resident = Resident(pool, shape.z_dim, device, max(plan.scenes, len(pool)))
        note(f"{resident.count} scenes in memory, {clock.left:.0f} s left")
        trainer = opened(folder, pool, shape, settings, device, Team())
        try:
            _train(folder, trainer, resident, plan, Clock(max(1.0, clock.left - plan.reserve), trainer.begun))
        finally:
            _stop(renderers)
        shipping.write(folder, batches=24, device=device)
    finally:
        _stop(renderers)
    note(f"done, {clock.left:.0f} s left")


def _rendering(folder: Path, size: int, plan: Plan) -> subprocess.Popen | None:
    """Starts rendering the scenes that are missing, at the lowest priority."""
    if not plan.renderers:
        return None
    begin_scenes(folder / "pool")
    command = ["-m", "spade_training", "--threads", str(plan.renderers), "scenes", str(folder)]
    command += ["--count", str(plan.scenes), "--size", str(size)]
    alone = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    root = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    with open(folder / "scenes.log", "w") as log:
        return subprocess.Popen(
            ["nice", "-n", "15", sys.executable, *command],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=os.environ | alone | {"PYTHONPATH": path, "CUDA_VISIBLE_DEVICES": ""},
        )


def _stop(renderers: subprocess.Popen | None):
    """Ends the renderers with all their processes."""
    if renderers and renderers.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(renderers.pid, signal.SIGTERM)
        renderers.wait()


def _first_scenes(folder: Path, clock: Clock, renderers: subprocess.Popen | None) -> Pool:
    """The pool, once it holds enough to begin with."""
    while renderers and renderers.poll() is None and clock.progress < 0.4:
        made = len(list((folder / "pool").glob("*-labels.npy"))) * SHARD_COUNT
        # Shards come in any order; the pool ends at the first that is missing.
        if made >= _LEAST and len(Pool(folder / "pool", or_empty=True)) >= _LEAST:
            break
        time.sleep(0.5)
    pool = Pool(folder / "pool")
    note(f"begins with {len(pool)} scenes")
    return pool


def _prepare(folder: Path, pool: Pool, shape: Shape, plan: Plan, clock: Clock):
    """Segmentation network and encoder, where they are missing."""
    classes = pool.contents.class_count
    seconds = clock.seconds
    if not (folder / "segmenter.pt").exists():
        share = plan.segmenter_share * seconds
        segment.train(pool, folder / "segmenter.pt", classes, 12_000, batch=32, seconds=share)
    if plan.judge_share and not (folder / "judge.pt").exists():
        share = plan.judge_share * seconds
        segment.train(pool, folder / "judge.pt", classes, 12_000, batch=32, judge=True, seconds=share)
    if not (folder / "encoder.pt").exists():
        teach.train(
            pool, folder / "encoder.pt", shape, 12_000, batch=32, seconds=plan.encoder_share * seconds
        )


def _train(folder: Path, trainer: Trainer, resident: Resident, plan: Plan, clock: Clock):
    """Trains until the clock is out; new scenes join as they come, a shard at a time."""
    trainer.clock = clock
    tally, saved = Tally(NOTE_EVERY), clock.left
    while trainer.progress < 1 and trainer.iteration < trainer.settings.iterations:
        settings = trainer.settings
        try:
            parts = trainer.step(resident.batch(settings, trainer.iteration))
        except torch.OutOfMemoryError:
            if settings.batch < 4:
                raise
            # A run has one chance: it goes on with what fits.
            trainer.settings = replace(settings, batch=settings.batch // 2)
            note(f"out of memory; batches of {trainer.settings.batch} from here on")
            torch.cuda.empty_cache()
            continue
        done = trainer.iteration
        if done % 10 == 0 and resident.count < len(resident.pictures):
            resident.take(1)
        tally.add(done, parts, f"{done}, {clock.left:.0f} s left, {resident.count} scenes:")
        if saved - clock.left > plan.save_seconds:
            saved = clock.left
            _keep(folder, trainer, resident.pool)
    _keep(folder, trainer, resident.pool)


def _keep(folder: Path, trainer: Trainer, pool: Pool):
    """Checkpoint, sheet, and weights as they are: what is left of a run that ends too soon."""
    save(folder / "checkpoint.pt", trainer.state())
    trainer.sheet(pool, folder / "sheets" / f"{trainer.iteration:06d}.png")
    try:
        write_checkpoint(folder / "export", trainer.averaged, trainer.averaged_encoder)
    except SystemExit as reason:
        note(str(reason))
