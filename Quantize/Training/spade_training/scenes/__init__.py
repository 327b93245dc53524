"""Procedural landscapes with exact labels: `render(layout_seed, mood, size)`."""

from .classes import CLASSES, SceneClass
from .mood import Mood
from .scene import render

__all__ = ["CLASSES", "Mood", "SceneClass", "render"]
