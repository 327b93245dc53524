"""SPADE on landscapes: renders scenes, trains, exports, evaluates.

A run is a folder; each command goes on where it stands.
"""

import argparse
from pathlib import Path

import torch

from . import photos, pool, segment, shipping, teach, train
from .evaluate import evaluate, table
from .networks import Shape
from .state import note


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="spade_training", description=__doc__)
    parser.add_argument(
        "--threads", type=int, default=2, help="CPU threads, or processes that render and train"
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, text: str, folder: str = "the run: pool, networks, sheets, export"):
        added = commands.add_parser(name, help=text, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
        added.add_argument("folder", type=Path, help=folder)
        return added

    def spade(to):
        to.add_argument("--spade", type=Path, required=True, help="the executable that 'make build' leaves")

    scenes = command("scenes", "render the scenes to train on")
    scenes.add_argument("--count", type=int, default=6400, help="scenes")
    scenes.add_argument("--size", type=int, default=256, help="pixels")
    own = command("photos", "train on photos instead: middle squares of a folder's pictures")
    own.add_argument("pictures", type=Path, help="folder of PNG, JPEG or WebP files")
    own.add_argument("--size", type=int, default=256, help="pixels")
    own.add_argument("--classes", type=int, default=Shape().class_count, help="classes of the label maps")
    source = own.add_mutually_exclusive_group()
    source.add_argument("--maps", type=Path, help="folder of label maps with the photos' names")
    source.add_argument(
        "--onnx", type=Path, help="segmentation network; without either, the run's own labels them"
    )
    labeller = command("segment", "train the segmentation network")
    labeller.add_argument("--iterations", type=int, default=8000)
    labeller.add_argument("--batch", type=int, default=8)
    labeller.add_argument("--labelled", type=int, help="scenes whose labels it may see")
    taught = command("teach", "teach the encoder the moods of scenes")
    taught.add_argument("--iterations", type=int, default=4000)
    taught.add_argument("--batch", type=int, default=16)
    found = command(
        "label", "label scenes with the segmentation network, as if they were photos without labels"
    )
    found.add_argument("--labelled", type=int, default=1600, help="scenes that keep their labels")
    painter = command("train", "train generator and encoder")
    painter.add_argument(
        "--iterations", type=int, default=6000, help="where to stop, counted from the run's start"
    )
    painter.add_argument("--batch", type=int, default=4)
    painter.add_argument("--crop", type=int, default=128, help="pixels, a multiple of 32")
    painter.add_argument("--warmup", type=int, default=200, help="iterations before the discriminators join")
    painter.add_argument("--sheet-every", type=int, default=200, help="iterations between sample sheets")
    painter.add_argument("--found-labels", action="store_true", help="prefer the labels that 'label' wrote")
    spade(command("export", "write what a model ships with, and pack it"))
    figures = command(
        "evaluate", "measure a shipped model", folder="the model: checkpoint, segmenter, landscapes.spade"
    )
    figures.add_argument("--count", type=int, default=500, help="held-out scenes")
    figures.add_argument("--output", type=Path, default=Path("figures"), help="folder for figures and sheet")
    spade(figures)
    spade(command("smoke", "all of it in minutes, small, from nothing"))
    return parser


def _photos(arguments):
    run, labeller = arguments.folder, None
    if arguments.onnx:
        labeller = photos.onnx_labeller(arguments.onnx, arguments.classes)
    elif not arguments.maps:
        labeller = photos.network_labeller(segment.read(run / "segmenter.pt"))
    target = run / "pool"
    photos.import_folder(
        arguments.pictures, target, arguments.size, arguments.classes, arguments.maps, labeller
    )


def _train(arguments):
    run = arguments.folder
    pictures = pool.Pool(run / "pool", run / "found-labels" if arguments.found_labels else None)
    settings = train.Settings(
        iterations=arguments.iterations, batch=arguments.batch, crop=arguments.crop, warmup=arguments.warmup
    )
    shape = Shape(class_count=pictures.contents.class_count, size=pictures.size)
    train.run(run, pictures, shape, settings, arguments.sheet_every, threads=arguments.threads)


def _smoke(run: Path, spade: Path):
    """Every step at a size that two cores finish in minutes; the pictures are not worth looking at."""
    pool.make(run / "pool", 2 * pool.SHARD_COUNT, 256, 2, note)
    pictures = pool.Pool(run / "pool")
    segment.train(pictures, run / "segmenter.pt", Shape().class_count, 20, 4)
    teach.train(pictures, run / "encoder.pt", Shape(), 10, 4)
    labeller = photos.network_labeller(segment.read(run / "segmenter.pt"))
    photos.label_pool(pictures, labeller, run / "found-labels", 1, note)
    pictures = pool.Pool(run / "pool", run / "found-labels")
    train.run(run, pictures, Shape(), train.Settings(iterations=20, crop=64, batch=2, warmup=5), 20, 10, 2)
    shipping.export(run, spade, batches=2)
    print(table(evaluate(run / "export", spade, run / "figures", 12)))


def main():
    arguments = _parser().parse_args()
    torch.set_num_threads(arguments.threads)
    run = arguments.folder
    match arguments.command:
        case "scenes":
            pool.make(run / "pool", arguments.count, arguments.size, arguments.threads, note)
        case "photos":
            _photos(arguments)
        case "segment":
            pictures = pool.Pool(run / "pool", limit=arguments.labelled)
            classes = pictures.contents.class_count
            segment.train(pictures, run / "segmenter.pt", classes, arguments.iterations, arguments.batch)
        case "teach":
            pictures = pool.Pool(run / "pool")
            shape = Shape(size=pictures.size)
            teach.train(pictures, run / "encoder.pt", shape, arguments.iterations, arguments.batch)
        case "label":
            labeller = photos.network_labeller(segment.read(run / "segmenter.pt"))
            first = -(-arguments.labelled // pool.SHARD_COUNT)
            photos.label_pool(pool.Pool(run / "pool"), labeller, run / "found-labels", first, note)
        case "train":
            _train(arguments)
        case "export":
            shipping.export(run, arguments.spade)
        case "evaluate":
            print(table(evaluate(run, arguments.spade, arguments.output, arguments.count)))
        case "smoke":
            _smoke(run, arguments.spade)


if __name__ == "__main__":
    main()
