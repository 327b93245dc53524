"""Paints a layout in the mood of what a Raspberry Pi's camera sees: sunset outside, sunset in the picture.

    python camera_mood.py landscapes.spade layout.png picture.png                 # every ten seconds, until Ctrl-C
    python camera_mood.py landscapes.spade layout.png picture.png --photo a.jpg   # once, from a photo

Needs spade-runtime and Pillow, and picamera2 for the camera, which is a package of the system: apt install
python3-picamera2. An environment sees it if it was made afterwards and with --system-site-packages; one with a numpy of
its own does not fit it.
"""

import argparse
import os
import shlex
import sys
import time

import numpy as np
from PIL import Image, ImageOps

from spade_runtime import Model


def read_layout(model, path):
    """The ids of a layout: the values of a palette or gray PNG, or those that the colours of a drawing stand for."""
    image = Image.open(path)
    if image.mode in ("P", "L"):
        return image.resize((model.width, model.height), Image.Resampling.NEAREST)
    return model.ids_of(ImageOps.exif_transpose(image).convert("RGBA"))


def camera_advice():
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


def camera_photos(interval):
    """What the camera sees, every so many seconds."""
    try:
        from picamera2 import Picamera2
    # A ValueError where it was built for another numpy than that of the environment.
    except (ImportError, ValueError) as error:
        sys.exit(f"camera_mood.py: picamera2 is missing ({error}); {camera_advice()}, or give --photo")
    camera = Picamera2()
    camera.configure(camera.create_still_configuration({"size": (640, 480)}))
    camera.start()
    while True:
        yield camera.capture_image("main")
        time.sleep(interval)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument(
        "layout", help="a palette or gray PNG whose values are class ids, or a drawing in the classes' colours"
    )
    parser.add_argument("picture")
    parser.add_argument("--photo", help="a photo in place of the camera")
    options = parser.parse_args()

    with Model(options.model) as model:
        ids = read_layout(model, options.layout)
        for photo in [Image.open(options.photo)] if options.photo else camera_photos(interval=10):
            style = model.encode(ImageOps.exif_transpose(photo).convert("RGB"))
            picture = model.paint(ids, style=style)
            # A viewer of the file sees the old picture or the new one.
            Image.fromarray(picture).save(options.picture + ".new", "PNG")
            os.replace(options.picture + ".new", options.picture)
            print(f"{options.picture}: painted in {model.seconds * 1000:.0f} ms with {model.kernels}", flush=True)


if __name__ == "__main__":
    main()
