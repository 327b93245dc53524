"""Paint with the mouse and see the landscape follow: a map on the left, its picture on the right.

    python pygame_loop.py landscapes.spade [layout.png]       # ids, or a drawing in the classes' colours

Left button paints, wheel or number keys change the class, space draws another style where the network has one, Escape
ends. Needs spade-runtime, Pillow and pygame, and a model with colours that reads no borders of instances.
"""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from spade_runtime import Model, SpadeError

try:
    import pygame
except ImportError as error:
    sys.exit(
        f"pygame_loop.py: pygame is missing ({error}); run pip install pygame, or sudo apt install python3-pygame for "
        "an environment that sees the system's packages"
    )


class Painter(threading.Thread):
    """Paints the newest map that it was given, in a thread of its own: the interpreter goes on meanwhile. Ends where
    that cannot be painted, and keeps the error."""

    def __init__(self, model: Model) -> None:
        super().__init__(daemon=True)
        self.model, self.painted = model, 0
        self.picture: NDArray[np.uint8] | None = None
        self.error: Exception | None = None
        self.wanted = threading.Condition()
        self.request: tuple[NDArray[np.uint16], int | None] | None = None

    def paint(self, ids: NDArray[np.uint16], seed: int | None) -> None:
        with self.wanted:
            self.request = (ids.copy(), seed)
            self.wanted.notify()

    def run(self) -> None:
        while True:
            with self.wanted:
                while self.request is None:
                    self.wanted.wait()
                (ids, seed), self.request = self.request, None
            try:
                self.picture = self.model.paint(ids, seed=seed)
            except Exception as error:
                self.error = error
                return
            self.painted += 1


def brush(ids: NDArray[Any], position: tuple[int, int], label: int, radius: int = 10) -> None:
    rows, columns = np.ogrid[: ids.shape[0], : ids.shape[1]]
    ids[(columns - position[0]) ** 2 + (rows - position[1]) ** 2 <= radius**2] = label


def read_layout(model: Model, path: str) -> NDArray[Any]:
    """The ids of a layout: the values of a palette or gray PNG, or those that the colours of a drawing stand for."""
    image = Image.open(path)
    if image.mode in ("P", "L"):
        return model.fit_ids(image)
    return model.ids_of(image.convert("RGBA"))


def colors_of(model: Model) -> NDArray[np.uint8]:
    """What every number of a map is shown in: uint8, shape (65536, 3). Gray where a class has no colour."""
    colors = np.full((65536, 3), 128, np.uint8)
    for each in model.classes:
        if each.color is not None:
            colors[each.id] = each.color
    return colors


def check(model: Model) -> None:
    """Raises ValueError where nobody could paint with the model here."""
    if model.has_edges:
        raise ValueError(f"{model.path}: the network reads borders of instances, which cannot be painted here")
    if all(each.color is None for each in model.classes):
        raise ValueError(f"{model.path}: its classes have no colours to paint in; give a model that names them")


def main(path: str, layout: str | None = None, *, script: Sequence[pygame.event.Event] = ()) -> Painter:
    """script: events that arrive in place of a person's, one a frame; the program ends behind them."""
    model = Model(path)
    check(model)
    colors, classes = colors_of(model), model.classes[: model.label_count]
    ids = np.zeros((model.height, model.width), np.uint16)
    if layout is not None:
        ids[:] = read_layout(model, layout)

    pygame.init()
    screen = pygame.display.set_mode((2 * model.width, model.height), pygame.SCALED | pygame.RESIZABLE)
    clock, label, coming = pygame.time.Clock(), 0, list(script)
    seed = 0 if model.style_count > 0 else None
    painter = Painter(model)
    painter.start()
    painter.paint(ids, seed)
    while True:
        if painter.error is not None:
            raise painter.error
        if coming:
            pygame.event.post(coming.pop(0))
        for event in pygame.event.get():
            if event.type == pygame.QUIT or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE):
                return painter
            if event.type == pygame.KEYDOWN and event.key == pygame.K_SPACE and seed is not None:
                seed += 1
            elif event.type == pygame.KEYDOWN and pygame.K_0 <= event.key <= pygame.K_9:
                label = min(event.key - pygame.K_0, len(classes) - 1)
            elif event.type == pygame.MOUSEWHEEL:
                label = (label + event.y) % len(classes)
            elif event.type in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEMOTION) and pygame.mouse.get_pressed()[0]:
                brush(ids, pygame.mouse.get_pos(), label)
            else:
                continue
            pygame.display.set_caption(classes[label].name + ("" if seed is None else f", seed {seed}"))
            painter.paint(ids, seed)
        # pygame's arrays have columns first.
        screen.blit(pygame.surfarray.make_surface(colors[ids].swapaxes(0, 1)), (0, 0))
        if painter.picture is not None:
            screen.blit(pygame.surfarray.make_surface(painter.picture.swapaxes(0, 1)), (model.width, 0))
        pygame.display.flip()
        clock.tick(60)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("model")
    parser.add_argument(
        "layout",
        nargs="?",
        help="a palette or gray PNG whose values are class ids, or a drawing in the classes' colours",
    )
    options = parser.parse_args()
    try:
        main(options.model, options.layout)
    except OSError as error:
        sys.exit(f"pygame_loop.py: {f'{error.filename}: {error.strerror}' if error.strerror else error}")
    except (SpadeError, ValueError, pygame.error) as error:
        sys.exit(f"pygame_loop.py: {error}")
    except KeyboardInterrupt:
        print()
