"""The label set: ids, names and the colours that stand for them in drawings."""

from enum import IntEnum


class SceneClass(IntEnum):
    SKY = 0
    CLOUDS = 1
    SUN = 2
    MOUNTAIN = 3
    SNOW = 4
    HILL = 5
    GRASS = 6
    TREES = 7
    BUSH = 8
    ROCK = 9
    SAND = 10
    WATER = 11
    ROAD = 12
    BUILDING = 13
    FLOWERS = 14
    FIELD = 15


# Name and drawing colour of every id, in the order of the ids.
CLASSES: tuple[tuple[str, str], ...] = (
    ("sky", "#8fc7f0"),
    ("clouds", "#f2f4f7"),
    ("sun or moon", "#ffe14d"),
    ("mountain", "#7d7f8c"),
    ("snow", "#d8eaf5"),
    ("hill", "#6fa35a"),
    ("grass", "#8cc63f"),
    ("trees", "#1f6b2d"),
    ("bush", "#4a8f2f"),
    ("rock", "#9c8b7a"),
    ("sand", "#ecd9a0"),
    ("water", "#2f7fc1"),
    ("road", "#b08d63"),
    ("building", "#c0392b"),
    ("flowers", "#e667a8"),
    ("field", "#d9b53c"),
)
