"""The figures of the model card, from the shipped files and scenes that no training has seen."""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import metrics
from .export import read_checkpoint, read_segmenter
from .pool import HELD_OUT
from .scenes import Mood, SceneClass, render
from .segment import as_pictures, as_tensor
from .state import note

STYLE_PAIRS = 200
ENCODED = 50  # pictures whose styles from both encoders are compared
SHEET_SEEDS = 12
SHEET_LAYOUTS = 4


class Int8:
    """The model file, painted by the `spade` executable."""

    def __init__(self, spade: Path, model: Path):
        self.spade, self.model = spade, model

    def paint(self, labels: np.ndarray, *style: str) -> np.ndarray:
        with tempfile.TemporaryDirectory() as folder:
            map_path, picture_path = Path(folder, "labels.png"), Path(folder, "picture.png")
            Image.fromarray(labels).save(map_path)
            command = [self.spade, "synthesize", self.model, map_path, *style, "-o", picture_path]
            done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"{self.spade} failed: {done.stderr.strip()}")
            return np.asarray(Image.open(picture_path).convert("RGB"))

    def style_of(self, picture: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """What the int8 encoder makes of a picture, from the file that `--save-style` writes."""
        with tempfile.TemporaryDirectory() as folder:
            photo, saved = Path(folder, "photo.png"), Path(folder, "style.z")
            Image.fromarray(picture).save(photo)
            self.paint(labels, "--style", str(photo), "--save-style", str(saved))
            data = saved.read_bytes()
            return np.frombuffer(data, np.float32, int.from_bytes(data[12:16], "little"), 16)

    def paint_z(self, labels: np.ndarray, z: np.ndarray) -> np.ndarray:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "z.npy")
            np.save(path, z.astype(np.float32))
            return self.paint(labels, "--z", str(path))


def _scene(seed: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    return render(seed, Mood.from_seed(seed), size)


def _sky(picture: np.ndarray, labels: np.ndarray) -> np.ndarray | None:
    """Mean colour of the sky, then the mean brightness of the picture; none where there is hardly any sky."""
    sky = labels == SceneClass.SKY
    if sky.sum() < 500:
        return None
    return np.append(picture[sky].mean(0), picture.mean())


def evaluate(checkpoint: Path, spade: Path, output: Path, count: int = 500) -> dict:
    """Measures `count` held-out scenes, each painted in the style of the next one's picture.

    Writes `figures.json`, `seeds.png` (a layout with drawn styles) and `styles.png` (some of the shipped
    layouts, each as drawn and in every shipped style) to `output`. Returns the figures.
    """
    generator, encoder = read_checkpoint(checkpoint)
    segmenter = read_segmenter(checkpoint / "segmenter.safetensors")
    int8 = Int8(spade, checkpoint / "landscapes.spade")
    classes = segmenter.class_count
    confusion = {name: metrics.Confusion(classes) for name in ("renders", "float", "int8")}
    features = {name: [] for name in confusion}
    psnrs, ssims, moved, styles_found, encoder_errors = [], [], [], [], []

    @torch.no_grad()
    def judged(name: str, picture: np.ndarray, labels: np.ndarray) -> np.ndarray:
        tensor = as_tensor(picture[None])
        found = segmenter(tensor).argmax(1)[0].numpy()
        confusion[name].add(labels, found)
        features[name].append(segmenter.features(tensor)[-1].mean((2, 3))[0].numpy())
        return found

    @torch.no_grad()
    def painted(labels: np.ndarray, z: torch.Tensor) -> np.ndarray:
        return as_pictures(generator(torch.from_numpy(labels)[None].long(), z))[0]

    size = generator.shape.size
    style_picture, style_labels = _scene(HELD_OUT + count, size)
    for k in reversed(range(count)):
        picture, labels = _scene(HELD_OUT + k, size)
        with torch.no_grad():
            own, other = (encoder(as_tensor(p[None]))[0] for p in (picture, style_picture))
        judged("renders", picture, labels)
        smooth = painted(labels, other)
        found = judged("float", smooth, labels)
        exact = int8.paint_z(labels, other[0].numpy())
        judged("int8", exact, labels)
        psnrs.append(metrics.psnr(smooth, exact))
        ssims.append(metrics.ssim(smooth, exact))
        if len(encoder_errors) < ENCODED:
            difference = int8.style_of(style_picture, labels) - other[0].numpy()
            encoder_errors.append(float(np.linalg.norm(difference) / np.linalg.norm(other[0].numpy())))
        if len(styles_found) < STYLE_PAIRS:
            with torch.no_grad():
                again = segmenter(as_tensor(painted(labels, own)[None])).argmax(1)[0].numpy()
            moved.append(float((found != again).mean()))
            pair = _sky(style_picture, style_labels), _sky(smooth, labels)
            if pair[0] is not None and pair[1] is not None:
                styles_found.append(pair)
        style_picture, style_labels = picture, labels
        if k % 25 == 0:
            note(f"evaluation: {count - k} of {count} scenes")

    wanted, got = (np.stack(side) for side in zip(*styles_found))
    correlations = [float(np.corrcoef(wanted[:, c], got[:, c])[0, 1]) for c in range(4)]
    means = {name: c.mean() for name, c in confusion.items()}
    sets = {name: np.stack(f) for name, f in features.items()}
    figures = {
        "scenes": count,
        "mean_iou": means,
        "consistency_float": means["float"] / means["renders"],
        "consistency_int8": means["int8"] / means["renders"],
        "class_iou_float": confusion["float"].intersection_over_union().round(3).tolist(),
        "class_iou_renders": confusion["renders"].intersection_over_union().round(3).tolist(),
        "frechet_float": metrics.frechet_distance(sets["float"], sets["renders"]),
        "frechet_int8": metrics.frechet_distance(sets["int8"], sets["renders"]),
        "frechet_halves_of_renders": metrics.frechet_distance(sets["renders"][::2], sets["renders"][1::2]),
        "psnr_mean": float(np.mean(psnrs)),
        "psnr_worst": float(np.min(psnrs)),
        "ssim_mean": float(np.mean(ssims)),
        "ssim_worst": float(np.min(ssims)),
        "encoder_error_mean": float(np.mean(encoder_errors)),
        "encoder_error_worst": float(np.max(encoder_errors)),
        "style_pairs": len(styles_found),
        "style_correlation_sky_rgb": correlations[:3],
        "style_correlation_brightness": correlations[3],
        "content_moved": float(np.mean(moved)),
    }
    output.mkdir(parents=True, exist_ok=True)
    (output / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    layouts = sorted((checkpoint / "layouts").glob("*.png"))
    labels = np.asarray(Image.open(layouts[0]))
    tiles = [int8.paint(labels, "--seed", str(seed)) for seed in range(1, SHEET_SEEDS + 1)]
    _save_sheet(output / "seeds.png", [tiles[k : k + 4] for k in range(0, SHEET_SEEDS, 4)])
    styles = sorted((checkpoint / "styles").glob("*.png"))
    rows = []
    for path in layouts[:SHEET_LAYOUTS]:
        drawing = Image.open(path)
        painted_in = [int8.paint(np.asarray(drawing), "--style", str(style)) for style in styles]
        rows.append([np.asarray(drawing.convert("RGB")), *painted_in])
    _save_sheet(output / "styles.png", rows)
    return figures


def _save_sheet(path: Path, rows: list[list[np.ndarray]]):
    Image.fromarray(np.concatenate([np.concatenate(row, 1) for row in rows])).save(path, optimize=True)


def table(figures: dict) -> str:
    """The figures beside their goals, as Markdown."""
    f, worst_colour = figures, min(figures["style_correlation_sky_rgb"])
    rows = [
        ("mIoU consistency, float", f"{f['consistency_float']:.3f}", "≥ 0.85"),
        ("mIoU consistency, int8", f"{f['consistency_int8']:.3f}", "within 0.005 of float"),
        (
            "Fréchet distance to renders, float / int8",
            f"{f['frechet_float']:.3f} / {f['frechet_int8']:.3f}",
            "—",
        ),
        ("Fréchet distance of two halves of the renders", f"{f['frechet_halves_of_renders']:.3f}", "—"),
        (
            "int8 to float PSNR, mean / worst",
            f"{f['psnr_mean']:.1f} / {f['psnr_worst']:.1f} dB",
            "≥ 47 / ≥ 40 dB",
        ),
        ("int8 to float SSIM, mean / worst", f"{f['ssim_mean']:.3f} / {f['ssim_worst']:.3f}", "≥ 0.97"),
        (
            "int8 to float style vectors, relative error, mean / worst",
            f"{f['encoder_error_mean']:.3f} / {f['encoder_error_worst']:.3f}",
            "—",
        ),
        (f"sky colour correlation, least channel, {f['style_pairs']} pairs", f"{worst_colour:.3f}", "≥ 0.8"),
        ("brightness correlation", f"{f['style_correlation_brightness']:.3f}", "≥ 0.8"),
        ("pixels whose label moves with the style", f"{f['content_moved']:.3f}", "≤ 0.1"),
    ]
    lines = [f"| {f['scenes']} held-out scenes | found | goal |", "|---|---|---|"]
    return "\n".join(lines + [f"| {a} | {b} | {c} |" for a, b, c in rows])
