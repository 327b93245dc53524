"""Paints a layout in the mood of what a Raspberry Pi's camera sees: sunset outside, sunset in the picture.

    python camera_mood.py landscapes.spade layout.png picture.png                 # every ten seconds, until Ctrl-C
    python camera_mood.py landscapes.spade layout.png picture.png --photo a.jpg   # once, from a photo

Needs spade-runtime and Pillow, and picamera2 for the camera (apt install python3-picamera2).
"""

import argparse
import os
import time

import numpy as np
from PIL import Image

from spade_runtime import PHOTO_SIDE, Model


def square(photo):
    """The middle of a photo as the encoder reads it: uint8, shape (256, 256, 3)."""
    side = min(photo.size)
    left, top = (photo.width - side) // 2, (photo.height - side) // 2
    photo = photo.convert("RGB").crop((left, top, left + side, top + side))
    return np.asarray(photo.resize((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.BILINEAR))


def camera_photos(interval):
    """What the camera sees, every so many seconds."""
    from picamera2 import Picamera2

    camera = Picamera2()
    camera.configure(camera.create_still_configuration({"size": (640, 480)}))
    camera.start()
    while True:
        yield camera.capture_image("main")
        time.sleep(interval)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("layout", help="a palette or gray PNG whose values are class ids")
    parser.add_argument("picture")
    parser.add_argument("--photo", help="a photo in place of the camera")
    options = parser.parse_args()

    with Model(options.model) as model:
        layout = Image.open(options.layout).resize((model.width, model.height), Image.Resampling.NEAREST)
        for photo in [Image.open(options.photo)] if options.photo else camera_photos(interval=10):
            style = model.encode(square(photo))
            picture = model.paint(np.asarray(layout), style=style)
            # A viewer of the file sees the old picture or the new one.
            Image.fromarray(picture).save(options.picture + ".new", "PNG")
            os.replace(options.picture + ".new", options.picture)
            print(f"{options.picture}: painted in {model.seconds * 1000:.0f} ms with {model.kernels}", flush=True)


if __name__ == "__main__":
    main()
