"""People's own photos as a pool: with label maps, or with labels that a segmentation network gives them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import pool, segment

_ENDINGS = {".png", ".jpg", ".jpeg", ".webp"}

# From a photo, uint8 [S, S, 3], to ids, uint8 [S, S].
Labeller = Callable[[np.ndarray], np.ndarray]


def photos(folder: Path, size: int) -> Iterator[tuple[Path, np.ndarray]]:
    """Every photo of a folder, in the order of the names, its middle square at `size`."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)
    if not paths:
        raise SystemExit(f"{folder} holds no photos (PNG, JPEG or WebP).")
    for path in paths:
        yield path, np.asarray(_square(Image.open(path).convert("RGB"), size, Image.Resampling.LANCZOS))


def _square(image: Image.Image, size: int, filter_: Image.Resampling) -> Image.Image:
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.resize((size, size), filter_, box=(left, top, left + side, top + side))


def labels_beside(path: Path, maps: Path, size: int, class_count: int) -> np.ndarray:
    """The label map with the photo's name: a single-channel PNG of ids, cut as the photo is."""
    map_path = maps / f"{path.stem}.png"
    if not map_path.exists():
        raise SystemExit(f"{path} has no label map {map_path}.")
    image = Image.open(map_path)
    if image.mode not in ("L", "P"):
        raise SystemExit(f"{map_path} has mode {image.mode}; a label map has one channel of 8 bits.")
    labels = np.asarray(_square(image, size, Image.Resampling.NEAREST))
    if labels.max() >= class_count:
        raise SystemExit(f"{map_path} holds the id {labels.max()}; there are {class_count} classes.")
    return labels


def onnx_labeller(path: Path, class_count: int) -> Labeller:
    """A network in ONNX form: one input [1, 3, H, W] of 0 … 1, one output of scores [1, classes, h, w]."""
    try:
        import onnxruntime
    except ImportError as missing:
        raise SystemExit("ONNX models need onnxruntime: pip install -r requirements-onnx.txt") from missing
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name

    def label(photo: np.ndarray) -> np.ndarray:
        scores = session.run(None, {name: photo.transpose(2, 0, 1)[None].astype(np.float32) / 255})[0]
        if scores.ndim != 4 or scores.shape[1] != class_count:
            raise SystemExit(
                f"{path} gives scores of shape {scores.shape}; [1, {class_count}, h, w] is wanted."
            )
        ids = Image.fromarray(scores[0].argmax(0).astype(np.uint8))
        return np.asarray(ids.resize(photo.shape[1::-1], Image.Resampling.NEAREST))

    return label


def network_labeller(segmenter: segment.Segmenter) -> Labeller:
    @torch.no_grad()
    def label(photo: np.ndarray) -> np.ndarray:
        return segmenter(segment.as_tensor(photo[None])).argmax(1)[0].byte().numpy()

    return label


def import_folder(
    folder: Path, target: Path, size: int, class_count: int, maps: Path | None, labeller: Labeller | None
):
    """Fills the pool `target` with a folder's photos, labelled by `maps` or by `labeller`."""

    def pairs():
        for path, photo in photos(folder, size):
            yield photo, labels_beside(path, maps, size, class_count) if maps else labeller(photo)

    pool.write(target, pairs(), pool.Contents(class_count, per_mood=1))


def label_pool(scenes: pool.Pool, labeller: Labeller, target: Path, first: int, note):
    """Labels all pictures of a pool from shard `first` on, as if they had none, into the folder `target`."""
    target.mkdir(parents=True, exist_ok=True)
    for shard in range(first, len(scenes.pictures)):
        pool.write_array(
            target / f"{shard:05d}-labels.npy", np.stack([labeller(p) for p in scenes.pictures[shard]])
        )
        note(f"labelled {(shard + 1 - first) * pool.SHARD_COUNT} pictures")
