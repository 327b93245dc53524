"""The figures of the model card, from the shipped files and scenes that no training has seen."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import metrics
from .doodles import doodle
from .export import read_checkpoint, read_segmenter
from .pool import HELD_OUT
from .scenes import Mood, SceneClass, render
from .segment import Segmenter, as_pictures, as_tensor
from .state import note

STYLE_PAIRS = 200
ENCODED = 50  # pictures whose styles from both encoders are compared
SHEET_SEEDS = 12
SHEET_LAYOUTS = 4
STYLES_TILE = 160  # pixels: a row of it has nine


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


@torch.no_grad()
def _seen(judge: Segmenter, picture: np.ndarray) -> np.ndarray:
    """The labels that the judge sees, [H, W]."""
    return judge(as_tensor(picture[None])).argmax(1)[0].numpy()


class _Styled:
    """What a layout keeps in another style, and what it takes from it."""

    def __init__(self):
        self.moved, self.skies = [], []

    def add(self, found: np.ndarray, again: np.ndarray, wanted: np.ndarray | None, got: np.ndarray | None):
        """The labels seen in a layout in two styles, and `_sky` of the style's picture and of what was painted."""
        self.moved.append(float((found != again).mean()))
        if wanted is not None and got is not None:
            self.skies.append((wanted, got))

    def figures(self) -> dict:
        wanted, got = (np.stack(side) for side in zip(*self.skies))
        correlations = [float(np.corrcoef(wanted[:, c], got[:, c])[0, 1]) for c in range(4)]
        return {
            "style_correlation_sky_rgb": correlations[:3],
            "style_correlation_brightness": correlations[3],
            "content_moved": float(np.mean(self.moved)),
        }


class _Findings:
    """What is found while scenes are painted, by the name of a set of pictures."""

    SETS = ("renders", "float", "int8", "drawn")  # `drawn`: the float network's, of drawings of the maps

    def __init__(self, judge: Segmenter):
        self.judge = judge
        self.confusion = {name: metrics.Confusion(judge.class_count) for name in self.SETS}
        self.features = {name: [] for name in self.SETS}
        self.grids = {name: [] for name in self.SETS}
        self.psnrs, self.ssims, self.encoder_errors = [], [], []
        self.styled = {"renders": _Styled(), "float": _Styled()}

    @torch.no_grad()
    def add(self, name: str, picture: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Judges a picture by its map; returns the labels that the judge sees."""
        found = _seen(self.judge, picture)
        self.confusion[name].add(labels, found)
        self.features[name].append(self.judge.features(as_tensor(picture[None]))[-1].mean((2, 3))[0].numpy())
        self.grids[name].append(metrics.grid_ratio(labels, picture))
        return found

    def figures(self) -> dict:
        means = {name: c.mean() for name, c in self.confusion.items()}
        sets = {name: np.stack(f) for name, f in self.features.items()}
        classes = {name: c.intersection_over_union().round(3).tolist() for name, c in self.confusion.items()}
        return {
            "scenes": len(self.psnrs),
            "mean_iou": means,
            "consistency_float": means["float"] / means["renders"],
            "consistency_int8": means["int8"] / means["renders"],
            "consistency_drawn": means["drawn"] / means["renders"],
            "grid_ratio": {name: float(np.nanmean(values)) for name, values in self.grids.items()},
            "class_iou_float": classes["float"],
            "class_iou_drawn": classes["drawn"],
            "class_iou_renders": classes["renders"],
            "frechet_float": metrics.frechet_distance(sets["float"], sets["renders"]),
            "frechet_int8": metrics.frechet_distance(sets["int8"], sets["renders"]),
            "frechet_drawn": metrics.frechet_distance(sets["drawn"], sets["renders"]),
            "frechet_halves_of_renders": metrics.frechet_distance(
                sets["renders"][::2], sets["renders"][1::2]
            ),
            "psnr_mean": float(np.mean(self.psnrs)),
            "psnr_worst": float(np.min(self.psnrs)),
            "ssim_mean": float(np.mean(self.ssims)),
            "ssim_worst": float(np.min(self.ssims)),
            "encoder_error_mean": float(np.mean(self.encoder_errors)),
            "encoder_error_worst": float(np.max(self.encoder_errors)),
            "style_pairs": len(self.styled["float"].skies),
            **self.styled["float"].figures(),
            "styled_renders": self.styled["renders"].figures(),
        }


def _judge(checkpoint: Path) -> tuple[str, Segmenter]:
    """The network that judges: one apart from the training's loss, where the model ships with it."""
    name = "judge" if (checkpoint / "judge.safetensors").exists() else "segmenter"
    return name, read_segmenter(checkpoint / f"{name}.safetensors")


def evaluate(checkpoint: Path, spade: Path, output: Path, count: int = 500) -> dict:
    """Measures `count` held-out scenes, each painted in the style of the next one's picture.

    Writes `figures.json`, `seeds.png` (a layout with drawn styles), `styles.png` (some of the shipped
    layouts, each as drawn and in every shipped style) and `doodles.png` (the hand-made drawings, three in a row,
    each as drawn and in one of the styles) to `output`. Returns the figures.
    """
    generator, encoder = read_checkpoint(checkpoint)
    judge_name, judge = _judge(checkpoint)
    int8 = Int8(spade, checkpoint / "landscapes.spade")
    findings = _Findings(judge)

    @torch.no_grad()
    def painted(labels: np.ndarray, z: torch.Tensor) -> np.ndarray:
        return as_pictures(generator(torch.from_numpy(labels)[None].long(), z))[0]

    size = generator.shape.size
    style_picture, style_labels = _scene(HELD_OUT + count, size)
    for k in reversed(range(count)):
        picture, labels = _scene(HELD_OUT + k, size)
        with torch.no_grad():
            own, other = (encoder(as_tensor(p[None]))[0] for p in (picture, style_picture))
        seen = findings.add("renders", picture, labels)
        smooth = painted(labels, other)
        found = findings.add("float", smooth, labels)
        exact = int8.paint_z(labels, other[0].numpy())
        findings.add("int8", exact, labels)
        drawing = doodle(labels, HELD_OUT + k)
        findings.add("drawn", painted(drawing, other), drawing)
        findings.psnrs.append(metrics.psnr(smooth, exact))
        findings.ssims.append(metrics.ssim(smooth, exact))
        if len(findings.encoder_errors) < ENCODED:
            difference = int8.style_of(style_picture, labels) - other[0].numpy()
            findings.encoder_errors.append(
                float(np.linalg.norm(difference) / np.linalg.norm(other[0].numpy()))
            )
        if k >= count - STYLE_PAIRS:
            wanted = _sky(style_picture, style_labels)
            findings.styled["float"].add(found, _seen(judge, painted(labels, own)), wanted, _sky(smooth, labels))
            # The same layout as the renderer paints it in the other scene's mood.
            other_mood, _ = render(HELD_OUT + k, Mood.from_seed(HELD_OUT + k + 1), size)
            findings.styled["renders"].add(seen, _seen(judge, other_mood), wanted, _sky(other_mood, labels))
        style_picture, style_labels = picture, labels
        if k % 25 == 0:
            note(f"evaluation: {count - k} of {count} scenes")

    output.mkdir(parents=True, exist_ok=True)
    figures = findings.figures() | {"judge": judge_name} | _sheets(checkpoint, int8, judge, output)
    (output / "figures.json").write_text(json.dumps(figures, indent=2) + "\n")
    return figures


@torch.no_grad()
def _sheets(checkpoint: Path, int8: Int8, judge: Segmenter, output: Path) -> dict:
    """Paints the sheets; returns what the judge and the grid say of the hand-made drawings."""
    layouts = sorted((checkpoint / "layouts").glob("*.png"))
    labels = np.asarray(Image.open(layouts[0]))
    tiles = [int8.paint(labels, "--seed", str(seed)) for seed in range(1, SHEET_SEEDS + 1)]
    _save_sheet(output / "seeds.png", [tiles[k : k + 4] for k in range(0, SHEET_SEEDS, 4)])
    styles = sorted((checkpoint / "styles").glob("*.png"))

    def row(path: Path) -> tuple[np.ndarray, list[np.ndarray]]:
        drawing = Image.open(path)
        ids = np.asarray(drawing)
        painted_in = [int8.paint(ids, "--style", str(style)) for style in styles]
        return ids, [np.asarray(drawing.convert("RGB")), *painted_in]

    _save_sheet(output / "styles.png", [row(path)[1] for path in layouts[:SHEET_LAYOUTS]], STYLES_TILE)
    drawings = [row(path) for path in sorted((checkpoint / "doodles").glob("*.png"))]
    if not drawings:
        return {}
    pairs = [(tiles[0], tiles[1 + k % len(styles)]) for k, (_, tiles) in enumerate(drawings)]
    _save_sheet(output / "doodles.png", [sum(pairs[k : k + 3], ()) for k in range(0, len(pairs), 3)])
    confusion, grids = metrics.Confusion(judge.class_count), []
    for ids, (_, *pictures) in drawings:
        for picture in pictures:
            confusion.add(ids, _seen(judge, picture))
            grids.append(metrics.grid_ratio(ids, picture))
    return {"mean_iou_doodles": confusion.mean(), "grid_ratio_doodles": float(np.nanmean(grids))}


def _save_sheet(path: Path, rows: Sequence[Sequence[np.ndarray]], tile: int | None = None):
    """Rows of tiles as one PNG; each made `tile` pixels wide and high, where that is given."""
    if tile:
        smooth = Image.Resampling.LANCZOS
        rows = [[np.asarray(Image.fromarray(t).resize((tile, tile), smooth)) for t in row] for row in rows]
    Image.fromarray(np.concatenate([np.concatenate(row, 1) for row in rows])).save(path, optimize=True)


def table(figures: dict) -> str:
    """The figures beside their goals, as Markdown."""
    f, renders = figures, figures["styled_renders"]
    worst_colour, renders_colour = (min(values["style_correlation_sky_rgb"]) for values in (f, renders))
    rows = [
        ("mIoU consistency, float", f"{f['consistency_float']:.3f}", "≥ 0.85"),
        ("mIoU consistency, int8", f"{f['consistency_int8']:.3f}", "within 0.005 of float"),
        ("mIoU consistency, drawings, float", f"{f['consistency_drawn']:.3f}", "≥ 0.85"),
        (
            "steps across the grid of 32 pixels, float / int8 / drawings",
            " / ".join(f"{f['grid_ratio'][name]:.3f}" for name in ("float", "int8", "drawn")),
            f"≤ 1.05; renders: {f['grid_ratio']['renders']:.3f}",
        ),
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
        (
            f"sky colour correlation, least channel, {f['style_pairs']} pairs",
            f"{worst_colour:.3f}",
            f"≥ 0.85; renders: {renders_colour:.3f}",
        ),
        (
            "brightness correlation",
            f"{f['style_correlation_brightness']:.3f}",
            f"≥ 0.9; renders: {renders['style_correlation_brightness']:.3f}",
        ),
        (
            "pixels whose label moves with the style",
            f"{f['content_moved']:.3f}",
            f"≤ 0.08; renders: {renders['content_moved']:.3f}",
        ),
    ]
    if "mean_iou_doodles" in f:
        found = f"{f['mean_iou_doodles']:.3f} / {f['grid_ratio_doodles']:.3f}"
        rows.append(("hand-made drawings: mIoU / steps across the grid", found, "—"))
    lines = [f"| {f['scenes']} held-out scenes | found | goal |", "|---|---|---|"]
    return "\n".join(lines + [f"| {a} | {b} | {c} |" for a, b, c in rows])
