"""SPADE on landscapes: renders scenes, trains, exports, evaluates.

A run is a folder; each command goes on where it stands.
"""

import argparse
from pathlib import Path

import torch

from . import handmade, paintings, photos, pool, progress, segment, sheets, shipping, sprint, teach, train
from .batch import Settings
from .evaluate import evaluate, table
from .export import read_checkpoint
from .networks import Generator, Shape
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
    labeller.add_argument("--judge", action="store_true", help="the judge, on scenes that are its alone")
    taught = command("teach", "teach the encoder the moods of scenes")
    taught.add_argument("--iterations", type=int, default=4000)
    taught.add_argument("--batch", type=int, default=16)
    taught.add_argument("--rate", type=float, default=2e-3)
    taught.add_argument(
        "--through", type=Path, help="a model, or a run's export: learn also from what its generator paints"
    )
    painted = command("paint", "let the packed model paint in drawn styles, for the encoder to learn from")
    painted.add_argument("--count", type=int, default=6000, help="pictures")
    spade(painted)
    found = command(
        "label", "label scenes with the segmentation network, as if they were photos without labels"
    )
    found.add_argument("--labelled", type=int, default=1600, help="scenes that keep their labels")
    painter = command("train", "train generator and encoder")
    painter.add_argument(
        "--iterations", type=int, default=6000, help="where to stop, counted from the run's start"
    )
    _painting(painter, batch=4, crop=128, warmup=200)
    painter.add_argument("--model", type=Path, help="begin with the weights of this shipped model, and its widths")
    painter.add_argument(
        "--judges-first", type=int, default=0, help="iterations in which the discriminators alone learn"
    )
    painter.add_argument(
        "--precision",
        choices=("float32", "bfloat16"),
        default="float32",
        help="what networks compute in: bfloat16 is twice as fast on CPUs with AMX",
    )
    painter.add_argument("--sheet-every", type=int, default=200, help="iterations between sample sheets")
    painter.add_argument("--found-labels", action="store_true", help="prefer the labels that 'label' wrote")
    fast = command("sprint", "all of it on one GPU, scenes too, within minutes, up to the export")
    plan = sprint.Plan()
    fast.add_argument("--minutes", type=float, default=plan.minutes, help="wall time for everything")
    fast.add_argument("--scenes", type=int, default=plan.scenes, help="the most scenes")
    fast.add_argument("--size", type=int, default=256, help="pixels of scenes and network")
    fast.add_argument(
        "--renderers", type=int, default=plan.renderers, help="processes that render meanwhile; 0: none"
    )
    _painting(fast, batch=64, crop=256, warmup=200)
    command("curves", "draw a sprint's losses and figures, as curves.png in its folder")
    command("doodles", "write the hand-made drawings", folder="where to")
    shown = command("sheet", "show scenes, their maps and drawings of them", folder="the PNG to write")
    shown.add_argument("--first", type=int, default=pool.HELD_OUT, help="first scene")
    shown.add_argument("--count", type=int, default=24, help="scenes")
    exported = command("export", "write what a model ships with, and pack it")
    exported.add_argument(
        "--mean-with", type=Path, help="the model that the run went on from: its weights count half"
    )
    spade(exported)
    spade(
        command(
            "pack",
            "fill up and pack a model that came as weights alone",
            folder="with the safetensors and opt.txt",
        )
    )
    figures = command(
        "evaluate", "measure a shipped model", folder="the model: checkpoint, segmenter, landscapes.spade"
    )
    figures.add_argument("--count", type=int, default=500, help="held-out scenes")
    figures.add_argument("--output", type=Path, default=Path("figures"), help="folder for figures and sheet")
    spade(figures)
    spade(command("smoke", "all of it in minutes, small, from nothing"))
    return parser


def _painting(parser: argparse.ArgumentParser, batch: int, crop: int, warmup: int):
    """What 'train' and 'sprint' have in common."""
    settings, shape = Settings(1), Shape()
    parser.add_argument("--ngf", type=int, default=shape.ngf, help="width: channels of the last block")
    parser.add_argument("--hidden", type=int, default=shape.hidden, help="channels within a SPADE layer")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--crop", type=int, default=crop, help="pixels, a multiple of 32")
    parser.add_argument(
        "--warmup", type=int, default=warmup, help="iterations before the discriminators join"
    )
    parser.add_argument("--rate", type=float, default=settings.generator_rate, help="of both optimisers")
    parser.add_argument(
        "--doodled", type=float, default=settings.doodled, help="share of maps that are drawn"
    )
    parser.add_argument(
        "--jitter", type=float, default=settings.jitter, help="share of batches off the lattice's corner"
    )
    parser.add_argument("--steps", type=float, default=settings.steps, help="weight of steps on the grid")
    parser.add_argument("--average", type=float, help="weight of the past in the averaged networks")
    parser.add_argument("--ndf", type=int, default=settings.ndf, help="width of the discriminators")


def _settings(arguments, iterations: int, average: float, **more) -> Settings:
    return Settings(
        iterations=iterations,
        batch=arguments.batch,
        crop=arguments.crop,
        warmup=arguments.warmup,
        generator_rate=arguments.rate,
        discriminator_rate=arguments.rate,
        doodled=arguments.doodled,
        jitter=arguments.jitter,
        steps=arguments.steps,
        average=arguments.average or average,
        ndf=arguments.ndf,
        **more,
    )


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


def _shipped(model: Path, pictures: pool.Pool) -> Generator:
    """The generator of a model that goes with these pictures."""
    generator, _ = read_checkpoint(model)
    wanted, found = (pictures.contents.class_count, pictures.size), (generator.shape.class_count, generator.shape.size)
    if wanted != found:
        raise SystemExit(
            f"{model} is for {found[0]} classes at {found[1]} pixels, the run has {wanted[0]} at {wanted[1]}."
        )
    return generator


def _train(arguments):
    run = arguments.folder
    pictures = pool.Pool(run / "pool", run / "found-labels" if arguments.found_labels else None)
    settings = _settings(
        arguments,
        arguments.iterations,
        0.995,
        judges_first=arguments.judges_first,
        precision=arguments.precision,
    )
    if arguments.model:
        shape = _shipped(arguments.model, pictures).shape
    else:
        shape = Shape(pictures.contents.class_count, arguments.ngf, arguments.hidden, size=pictures.size)
    every, threads = arguments.sheet_every, arguments.threads
    train.run(run, pictures, shape, settings, every, threads=threads, model=arguments.model)


def _sprint(arguments):
    gpu = torch.cuda.is_available()
    precision = "bfloat16" if gpu else "float32"
    settings = _settings(arguments, 10**9, 0.999, taught_style=1.0, precision=precision)
    plan = sprint.Plan(
        minutes=arguments.minutes,
        scenes=arguments.scenes,
        renderers=arguments.renderers,
    )
    shape = Shape(ngf=arguments.ngf, hidden=arguments.hidden, size=arguments.size)
    sprint.run(arguments.folder, shape, settings, plan)


def _smoke(run: Path, spade: Path):
    """Every step at a size that two cores finish in minutes; the pictures are not worth looking at."""
    pool.make(run / "pool", 2 * pool.SHARD_COUNT, 256, 2, note)
    pictures = pool.Pool(run / "pool")
    segment.train(pictures, run / "segmenter.pt", Shape().class_count, 20, 4)
    teach.train(pictures, run / "encoder.pt", Shape(), 10, 4)
    labeller = photos.network_labeller(segment.read(run / "segmenter.pt"))
    photos.label_pool(pictures, labeller, run / "found-labels", 1, note)
    pictures = pool.Pool(run / "pool", run / "found-labels")
    train.run(run, pictures, Shape(), Settings(iterations=20, crop=64, batch=2, warmup=5), 20, 10, 2)
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
            name = "judge" if arguments.judge else "segmenter"
            segment.train(
                pictures,
                run / f"{name}.pt",
                classes,
                arguments.iterations,
                arguments.batch,
                judge=arguments.judge,
            )
        case "teach":
            pictures = pool.Pool(run / "pool")
            shape = Shape(size=pictures.size)
            generator = _shipped(arguments.through, pictures) if arguments.through else None
            count, batch, rate = arguments.iterations, arguments.batch, arguments.rate
            teach.train(pictures, run / "encoder.pt", shape, count, batch, rate, generator=generator)
        case "paint":
            paintings.make(run, arguments.spade, arguments.count, Shape().z_dim, arguments.threads)
        case "label":
            labeller = photos.network_labeller(segment.read(run / "segmenter.pt"))
            first = -(-arguments.labelled // pool.SHARD_COUNT)
            photos.label_pool(pool.Pool(run / "pool"), labeller, run / "found-labels", first, note)
        case "train":
            _train(arguments)
        case "sprint":
            _sprint(arguments)
        case "curves":
            progress.draw_curves(run, run / "curves.png")
        case "doodles":
            handmade.write(run)
        case "sheet":
            sheets.write(run, arguments.first, arguments.count)
        case "export":
            shipping.export(run, arguments.spade, begun=arguments.mean_with)
        case "pack":
            shipping.complete(run, arguments.spade)
        case "evaluate":
            print(table(evaluate(run, arguments.spade, arguments.output, arguments.count)))
        case "smoke":
            _smoke(run, arguments.spade)


if __name__ == "__main__":
    main()
