"""What a trained run hands over: networks, drawings to paint and styles to paint them in."""

import subprocess
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import handmade, segment
from .drawings import write_map
from .export import settle, write_checkpoint, write_segmenter
from .networks import Encoder, Generator, Shape
from .pool import HELD_OUT, Pool
from .scenes import Mood, render
from .state import load, note

# Scenes beyond those that are measured, chosen by eye: drawings to paint, and pictures to take the style of.
LAYOUTS = {
    "mountain-lake": HELD_OUT + 542,
    "village": HELD_OUT + 510,
    "river": HELD_OUT + 529,
    "shore": HELD_OUT + 526,
    "winter-road": HELD_OUT + 535,
    "fields": HELD_OUT + 520,
}
STYLES = {
    "summer": HELD_OUT + 503,
    "sunset": HELD_OUT + 504,
    "winter": HELD_OUT + 518,
    "night": HELD_OUT + 516,
}
CALIBRATION_COUNT = 24


def write(run: Path, batches: int = 12, device: str = "cpu"):
    """Fills `run`/export from the run's averaged networks, but for the packed file."""
    state = load(run / "checkpoint.pt")
    shape = Shape(**state["shape"])
    generator, encoder = Generator(shape).to(device), Encoder(shape).to(device)
    generator.dense = device == "cuda"
    generator.load_state_dict(state["averaged"])
    encoder.load_state_dict(state["averaged_encoder"])
    pool = Pool(run / "pool")
    rng = np.random.default_rng(0)

    def pictures():
        for _ in range(batches):
            picks = rng.integers(0, len(pool), 8)
            pairs = [pool[int(k)] for k in picks]
            drawn = rng.random(8) < 0.5
            maps = [pool.drawing(int(k), 0) if d else pool[int(k)][1] for k, d in zip(picks, drawn)]
            yield (
                torch.from_numpy(np.stack(maps)).long().to(device),
                segment.as_tensor(np.stack([picture for picture, _ in pairs]), device),
            )

    note("settling batch statistics")
    settle(generator, encoder, pictures())
    target = run / "export"
    write_checkpoint(target, generator, encoder)
    for name in ("segmenter", "judge"):
        if (run / f"{name}.pt").exists():
            write_segmenter(target / f"{name}.safetensors", segment.read(run / f"{name}.pt"))
    for name in ("layouts", "styles", "calibration"):
        (target / name).mkdir(exist_ok=True)
    for name, seed in LAYOUTS.items():
        write_map(target / "layouts" / f"{name}.png", render(seed, Mood.from_seed(seed), shape.size)[1])
    for name, seed in STYLES.items():
        picture, _ = render(seed, Mood.from_seed(seed), shape.size)
        Image.fromarray(picture).save(target / "styles" / f"{name}.png")
    handmade.write(target / "doodles")
    for k in range(CALIBRATION_COUNT):
        index = k * len(pool) // CALIBRATION_COUNT
        labels = pool.drawing(index, k) if k % 3 == 2 else pool[index][1]
        write_map(target / "calibration" / f"map{k:02d}.png", np.array(labels))


def export(run: Path, spade: Path, batches: int = 12):
    """Fills `run`/export, and packs what is there with `spade quantize`."""
    write(run, batches)
    target = run / "export"
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
