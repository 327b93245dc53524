"""Names and numbers in sentences."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

SHOWN_COUNT = 24
"""Names that a sentence has at most."""


def listed(names: Sequence[str]) -> str:
    """Names with commas, the first of them where there are many."""
    shown = list(names)
    if len(shown) > SHOWN_COUNT:
        shown[SHOWN_COUNT:] = [f"{len(names) - SHOWN_COUNT} more, which the command classes lists"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown) or "none with a name"


def in_all(count: int, things: str) -> str:
    """How many there are of what a sentence shows one of; nothing where that is all."""
    return f", and {count} such {things} in all" if count > 1 else ""


def meant(name: str, names: Sequence[str]) -> str | None:
    """Which of `names` somebody may have meant: one that `name` begins, or the most alike."""
    word = name.strip().lower()
    candidates = {each.lower(): each for each in reversed(names)}
    longer = [each for each in map(str.lower, names) if len(word) > 1 and each.startswith(word)]
    found = longer or difflib.get_close_matches(word, candidates, 1)
    return candidates[found[0]] if found else None
