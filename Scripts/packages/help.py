"""The help of spade-run or spade, taken apart: what man pages and completions are made of."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field


@dataclass
class Option:
    """An option as its line in the help has it: `-o, --output <picture.png>` and the text behind it."""

    names: list[str]
    value: str | None
    text: str

    @property
    def choices(self) -> list[str]:
        """The values, where the help lists them: `model|gaugan`. With a dot they are files of several kinds."""
        words = (self.value or "").split("|")
        return words if len(words) > 1 and all(re.fullmatch(r"[a-z0-9]+", word) for word in words) else []


@dataclass
class Help:
    """A page of help: its first line, its usage, and what follows, as paragraphs and options in their order."""

    name: str
    abstract: str = ""
    usage: str = ""
    body: list[str | Option] = field(default_factory=list)

    @property
    def options(self) -> list[Option]:
        return [each for each in self.body if isinstance(each, Option)]


OPTION = re.compile(r"  (-\S(?:[^ ]|, | (?=<)| (?=\.\.\.))*)(?:  +(.*))?")


def text_of(program: list[str], *words: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    return subprocess.run([*program, *words], check=True, capture_output=True, text=True, env=environment).stdout


def page(program: list[str], name: str, *words: str) -> Help:
    """The help of a program, or of a command of it."""
    found = Help(name)
    lines = [line.rstrip() for line in text_of(program, *words).splitlines()]
    lines = [re.sub(r"^(OVERVIEW|USAGE): ", lambda m: "" if m[1] == "OVERVIEW" else "Usage: ", line) for line in lines]
    found.abstract = lines[0].rstrip(".")
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            found.body.append("\n".join(paragraph))
            paragraph.clear()

    for line in lines[1:]:
        option = OPTION.fullmatch(line)
        previous = found.body[-1] if found.body else None
        if line.startswith("Usage: "):
            found.usage = line.removeprefix("Usage: ")
        elif option:
            close()
            names = re.sub(r" ?<.*", "", option[1]).split(", ")
            value = re.search(r"<(.*)>", option[1])
            found.body.append(Option(names, value[1] if value else None, option[2] or ""))
        elif isinstance(previous, Option) and not paragraph and line.startswith(" " * 8):
            previous.text = f"{previous.text} {line.strip()}".strip()
        elif line:
            paragraph.append(line)
        else:
            close()
    close()
    return found


def commands(program: list[str]) -> dict[str, str]:
    """The commands of a program, with their abstracts."""
    listed = re.search(r"^(?:Commands|SUBCOMMANDS):\n((?:  .*\n)+)", text_of(program, "help"), re.MULTILINE)
    lines = listed[1].splitlines() if listed else []
    found: dict[str, str] = {}
    for line in lines:
        match = re.fullmatch(r"  ([a-z]\S*) +(.*)", line)
        if match:
            found[match[1]] = match[2].removesuffix(" (default)").rstrip(".")
        else:
            found[list(found)[-1]] += " " + line.strip().rstrip(".")
    return found


def pages(program: list[str], name: str) -> tuple[Help, dict[str, Help]]:
    """The program's own page, and each command's."""
    own = page(program, name, "help")
    return own, {command: page(program, f"{name} {command}", "help", command) for command in commands(program)}
