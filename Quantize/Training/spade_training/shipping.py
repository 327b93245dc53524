"""What a trained run hands over: networks, drawings to paint and styles to paint them in."""

import subprocess
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import handmade, segment, teach
from .drawings import write_map
from .export import read_checkpoint, settle, write_checkpoint, write_segmenter
from .networks import Encoder, Generator, Shape
from .pool import HELD_OUT, Pool, doodles_of, scene
from .scenes import Mood, render
from .state import load, note

# Scenes beyond those that are measured, chosen by eye: drawings to paint, and pictures to take the style of.
LAYOUTS = {
    "mountain-lake": HELD_OUT + 523,
    "village": HELD_OUT + 526,
    "river": HELD_OUT + 529,
    "shore": HELD_OUT + 541,
    "winter-road": HELD_OUT + 554,
    "fields": HELD_OUT + 544,
}
STYLES = {
    "summer": HELD_OUT + 503,
    "autumn": HELD_OUT + 635,
    "winter": HELD_OUT + 620,
    "dawn": HELD_OUT + 601,
    "sunset": HELD_OUT + 605,
    "night": HELD_OUT + 547,
    "fog": HELD_OUT + 614,
    "storm": HELD_OUT + 629,
}
CALIBRATION_COUNT = 24
CALIBRATION_STEP = 266  # scenes between two of its maps


def _mean(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The mean of two networks' weights; what spectral norms iterate on is `a`'s."""
    kept = ("_u", "_v", "num_batches_tracked")
    return {name: value if name.endswith(kept) else (value + b[name]) / 2 for name, value in a.items()}


def write(run: Path, batches: int = 12, device: str = "cpu", begun: Path | None = None):
    """Fills `run`/export from the run's averaged networks, but for the packed file.

    With `begun`, the model that the run went on from, the generator is the mean of both: what it has learned anew,
    and less of what it lost meanwhile.
    """
    state = load(run / "checkpoint.pt")
    shape = Shape(**state["shape"])
    generator, encoder = Generator(shape).to(device), Encoder(shape).to(device).eval()
    generator.dense = device == "cuda"
    generator.load_state_dict(state["averaged"])
    if begun:
        before, _ = read_checkpoint(begun)
        if before.shape != shape:
            raise SystemExit(f"{begun} has other widths than {run}; only like networks have a mean.")
        generator.load_state_dict(_mean(generator.state_dict(), before.to(device).state_dict()))
    encoder.load_state_dict(teach.taught(run) or state["averaged_encoder"])
    pool = Pool(run / "pool")
    rng = np.random.default_rng(0)

    @torch.no_grad()
    def samples():
        for _ in range(batches):
            picks = rng.integers(0, len(pool), 8)
            pairs = [pool[int(k)] for k in picks]
            drawn = rng.random(8) < 0.5
            maps = [pool.drawing(int(k), 0) if d else pool[int(k)][1] for k, d in zip(picks, drawn)]
            if pool.has_moods:
                styles = torch.from_numpy(np.stack([pool.mood_style(int(k), shape.z_dim) for k in picks]))
            else:
                styles, _ = encoder(segment.as_tensor(np.stack([picture for picture, _ in pairs]), device))
            yield torch.from_numpy(np.stack(maps)).long().to(device), styles.to(device)

    note("settling batch statistics")
    settle(generator, samples())
    target = run / "export"
    write_checkpoint(target, generator, encoder)
    for name in ("segmenter", "judge"):
        if (run / f"{name}.pt").exists():
            write_segmenter(target / f"{name}.safetensors", segment.read(run / f"{name}.pt"))
    maps = [pool[k * len(pool) // CALIBRATION_COUNT][1] for k in range(CALIBRATION_COUNT)]
    fill(target, shape.size, None if pool.has_moods else maps)


def fill(target: Path, size: int, calibration: list[np.ndarray] | None = None):
    """Drawings, styles and `calibration` maps beside the weights; without those, maps of scenes, a third drawn."""
    for name in ("layouts", "styles", "calibration"):
        (target / name).mkdir(exist_ok=True)
    for name, seed in LAYOUTS.items():
        write_map(target / "layouts" / f"{name}.png", render(seed, Mood.from_seed(seed), size, large_suns=False)[1])
    for name, seed in STYLES.items():
        picture, _ = render(seed, Mood.from_seed(seed), size, large_suns=False)
        Image.fromarray(picture).save(target / "styles" / f"{name}.png")
    handmade.write(target / "doodles")
    for k in range(CALIBRATION_COUNT):
        if calibration:
            labels = np.array(calibration[k])
        else:
            _, labels = scene(k * CALIBRATION_STEP, size)
            labels = doodles_of(k * CALIBRATION_STEP, labels)[0] if k % 3 == 2 else labels
        write_map(target / "calibration" / f"map{k:02d}.png", labels)


def export(run: Path, spade: Path, batches: int = 12, begun: Path | None = None):
    """Fills `run`/export, and packs what is there."""
    write(run, batches, begun=begun)
    pack(run / "export", spade)


def complete(folder: Path, spade: Path):
    """Makes a model of weights alone, as they come back from another machine, and packs it."""
    generator, _ = read_checkpoint(folder)
    fill(folder, generator.shape.size)
    pack(folder, spade)


def pack(target: Path, spade: Path):
    """Runs `spade quantize` on a folder with weights and calibration maps."""
    command = [
        spade,
        "quantize",
        target,
        "--calibration",
        target / "calibration",
        "--labels",
        target / "classes.txt",
    ]
    command += ["-o", target / "landscapes.spade"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"spade quantize failed: {done.stderr.strip()}")
    print(done.stdout, end="")
