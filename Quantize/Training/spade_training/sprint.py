"""The whole run on one GPU within minutes: scenes, segmentation network, judge, encoder, generator, export.

Scenes are rendered beside it by the other cores, so that a machine that begins with nothing ends with a network.
Segmentation network and judge are trained side by side. The generator is painted with the moods' own styles, so
that the encoder has the whole run to learn from all scenes, beside it. Each part is left out where its file is
there already; a run that was cut off goes on with its checkpoint.
"""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from . import progress, segment, shipping, teach
from .batch import Settings
from .export import write_checkpoint
from .networks import Shape
from .pool import SHARD_COUNT, Pool, begin_scenes
from .resident import Resident
from .state import Clock, Tally, note, save
from .team import Team
from .train import Trainer, opened, take_encoder

NOTE_EVERY = 50  # iterations
_LEAST = 8 * SHARD_COUNT  # scenes that a run waits for


@dataclass(frozen=True)
class Plan:
    """Wall time, and what it goes to."""

    minutes: float = 9.0
    scenes: int = 24_000  # the most that are rendered or kept in the device's memory
    renderers: int = 13  # processes that render beside the training; 0 for none
    prepared_share: float = 0.10  # of the time, where the segmentation network or the judge is missing
    examined: int = 24  # held-out scenes that are painted and measured at each checkpoint
    reserve: float = 25.0  # seconds kept for the end: statistics and files
    save_seconds: float = 60.0  # between checkpoints


def run(folder: Path, shape: Shape, settings: Settings, plan: Plan):
    """Trains in `folder` for `plan.minutes`, which begin now, and leaves `folder`/export."""
    clock = Clock(plan.minutes * 60)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    # An ended run ends its renderers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder.mkdir(parents=True, exist_ok=True)
    renderers = _rendering(folder, shape.size, plan)
    try:
        exam = progress.Exam(plan.examined, shape.size, shape.z_dim)
        pool = _first_scenes(folder, clock, renderers)
        encoder = _teaching(folder, shape, clock.left - plan.reserve)
        _prepare(folder, pool.contents.class_count, plan.prepared_share * clock.seconds)
        resident = Resident(pool, shape.z_dim, device, max(plan.scenes, len(pool)))
        note(f"{resident.count} scenes in memory, {clock.left:.0f} s left")
        trainer = opened(folder, pool, shape, settings, device, Team())
        try:
            begun = Clock(max(1.0, clock.left - plan.reserve), trainer.begun)
            _train(folder, trainer, resident, plan, begun, exam)
        finally:
            _stop(renderers)
        if encoder:
            encoder.join()
            take_encoder(folder, trainer)
            save(folder / "checkpoint.pt", trainer.state())
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


def _teaching(folder: Path, shape: Shape, seconds: float) -> multiprocessing.Process | None:
    """Starts teaching the encoder, where it is missing."""
    if (folder / "encoder.pt").exists():
        return None
    begun = multiprocessing.get_context("spawn").Process(target=_teach, args=(folder, shape, seconds), daemon=True)
    begun.start()
    return begun


def _teach(folder: Path, shape: Shape, seconds: float):
    iterations = 10**9  # The clock ends it.
    teach.train(Pool(folder / "pool"), folder / "encoder.pt", shape, iterations, batch=32, seconds=seconds)


def _prepare(folder: Path, classes: int, seconds: float):
    """Segmentation network and judge, where they are missing: side by side, as neither fills a GPU."""
    missing = [name for name in ("segmenter", "judge") if not (folder / f"{name}.pt").exists()]
    if not missing:
        return
    with ProcessPoolExecutor(len(missing), multiprocessing.get_context("spawn")) as processes:
        for done in [processes.submit(_segment, folder, name, classes, seconds) for name in missing]:
            done.result()


def _segment(folder: Path, name: str, classes: int, seconds: float):
    pool, is_judge, iterations = Pool(folder / "pool"), name == "judge", 10**9  # The clock ends it.
    segment.train(pool, folder / f"{name}.pt", classes, iterations, batch=32, judge=is_judge, seconds=seconds)


def _train(
    folder: Path, trainer: Trainer, resident: Resident, plan: Plan, clock: Clock, exam: progress.Exam
):
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
        if done % 5 == 0 and resident.count < len(resident.pictures):
            resident.take(1)
        means = tally.add(done, parts, f"{done}, {clock.left:.0f} s left, {resident.count} scenes:")
        if means and done > settings.warmup + NOTE_EVERY:
            row = _moment(trainer, clock) | {"scenes": resident.count} | means
            progress.append(folder / "losses.csv", row)
        if saved - clock.left > plan.save_seconds:
            saved = clock.left
            _keep(folder, trainer, resident.pool, clock, exam)
    _keep(folder, trainer, resident.pool, clock, exam)


def _moment(trainer: Trainer, clock: Clock) -> dict[str, float]:
    return {"minutes": (clock.seconds - clock.left) / 60, "iteration": trainer.iteration}


def _keep(folder: Path, trainer: Trainer, pool: Pool, clock: Clock, exam: progress.Exam):
    """Checkpoint, figures, sheet, and weights as they are: what is left of a run that ends too soon."""
    take_encoder(folder, trainer)
    save(folder / "checkpoint.pt", trainer.state())
    figures = exam.figures(trainer.averaged, segment.read(folder / "judge.pt"), trainer.device)
    note("".join(f" {name} {value:.3f}" for name, value in figures.items()).strip())
    progress.append(folder / "figures.csv", _moment(trainer, clock) | figures)
    trainer.sheet(pool, folder / "sheets" / f"{trainer.iteration:06d}.png")
    try:
        write_checkpoint(folder / "export", trainer.averaged, trainer.averaged_encoder)
    except SystemExit as reason:
        note(str(reason))
