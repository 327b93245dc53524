"""Paints a layout in the mood of what a Raspberry Pi's camera sees: sunset outside, sunset in the picture.

    python camera_mood.py landscapes.spade layout.png picture.png                 # every ten seconds, until Ctrl-C
    python camera_mood.py landscapes.spade layout.png picture.png --photo a.jpg   # once, from a photo

Needs spade-runtime and Pillow, and picamera2 for the camera, which is a package of the system: apt install
python3-picamera2. An environment sees it if it was made afterwards and with --system-site-packages; one with a numpy of
its own does not fit it.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from spade_runtime import Model, SpadeError


def read_layout(model: Model, path: str) -> NDArray[Any]:
    """The ids of a layout: the values of a palette or gray PNG, or those that the colours of a drawing stand for."""
    image = Image.open(path)
    if image.mode in ("P", "L"):
        return model.fit_ids(image)
    return model.ids_of(ImageOps.exif_transpose(image).convert("RGBA"))


def camera_advice() -> str:
    """What brings picamera2 to this interpreter."""
    install = "run sudo apt install python3-picamera2"
    # An environment with a numpy of its own: it does not see the system's packages, or was made before there was one.
    if sys.prefix == sys.base_prefix or not np.__file__.startswith(sys.prefix + os.sep):
        return install
    environment = shlex.quote(sys.prefix)
    return (
        f"{install} && python3 -m venv --clear --system-site-packages {environment}, then install the wheel and Pillow "
        "there again"
    )


def camera_photos(interval: float) -> Iterator[Image.Image]:
    """What the camera sees, every so many seconds."""
    try:
        from picamera2 import Picamera2  # type: ignore[import-not-found, import-untyped, unused-ignore]
    # A ValueError where it was built for another numpy than that of the environment.
    except (ImportError, ValueError) as error:
        sys.exit(f"camera_mood.py: picamera2 is missing ({error}); {camera_advice()}, or give --photo")
    camera = Picamera2()
    camera.configure(camera.create_still_configuration({"size": (640, 480)}))
    camera.start()
    while True:
        yield camera.capture_image("main")
        time.sleep(interval)


def paint(model_path: str, layout: str, destination: str, photo_path: str | None) -> None:
    """Paints a picture for every photo."""
    with Model(model_path) as model:
        ids = read_layout(model, layout)
        for photo in [Image.open(photo_path)] if photo_path else camera_photos(interval=10):
            style = model.encode(ImageOps.exif_transpose(photo).convert("RGB"))
            picture = model.paint(ids, style=style)
            # A viewer of the file sees the old picture or the new one.
            Image.fromarray(picture).save(destination + ".new", "PNG")
            os.replace(destination + ".new", destination)
            print(f"{destination}: painted in {model.seconds * 1000:.0f} ms with {model.kernels}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model")
    parser.add_argument(
        "layout", help="a palette or gray PNG whose values are class ids, or a drawing in the classes' colours"
    )
    parser.add_argument("picture")
    parser.add_argument("--photo", help="a photo in place of the camera")
    options = parser.parse_args()
    try:
        paint(options.model, options.layout, options.picture, options.photo)
    except OSError as error:
        sys.exit(f"camera_mood.py: {f'{error.filename}: {error.strerror}' if error.strerror else error}")
    except (SpadeError, ValueError) as error:
        sys.exit(f"camera_mood.py: {error}")
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
