"""An error class for each status of spade.h. The sentence is the library's, or says more where more is known.

What is wrong with an argument is a ValueError too. Last come those that only a fault of this package can raise.
"""

from __future__ import annotations

from typing import ClassVar as _ClassVar

__all__ = [
    "ArenaMisaligned",
    "ArenaTooSmall",
    "BadBuffer",
    "BadConfiguration",
    "BadLevel",
    "BadMagic",
    "BadMetadata",
    "BadModel",
    "BadNorm",
    "BadProduct",
    "BadScale",
    "BadSide",
    "BadSize",
    "BadStep",
    "BadTable",
    "BadTest",
    "BadThreadCount",
    "BadWeights",
    "Closed",
    "EdgesMissing",
    "EdgesUnexpected",
    "EncoderMissing",
    "FileSize",
    "HeaderChecksum",
    "InternalError",
    "MisalignedFile",
    "NoColors",
    "NoDrawing",
    "NotAStyle",
    "NotOpen",
    "NullArgument",
    "SectionChecksum",
    "SectionSize",
    "SectionTooShort",
    "SpadeError",
    "StyleDamaged",
    "StyleLength",
    "StyleMissing",
    "StyleNotFinite",
    "StyleVersion",
    "ThreadsRefused",
    "TooShort",
    "Transparent",
    "UnknownClass",
    "UnknownLabel",
    "UnsupportedVersion",
]


class SpadeError(Exception):
    """The base of every error of this module: a bad model file, style, id or drawing. The subclass says which."""

    status: _ClassVar[int]
    """The number that spade.h has for it; 0 where it has none."""


class BadModel(SpadeError):
    """The base of every error of a model file: it is damaged, malformed, of another version, or none. The subclass says
    which."""

    status = 0


class TooShort(BadModel):
    """The file is shorter than any model file; copy it again."""

    status = 16


class BadMagic(BadModel):
    """The file is not a spade model file."""

    status = 17


class UnsupportedVersion(BadModel):
    """The model file is of another version; make it again."""

    status = 18


class HeaderChecksum(BadModel):
    """The file's header is damaged; copy it again."""

    status = 19


class FileSize(BadModel):
    """The file has not the size it states; copy it again."""

    status = 20


class SectionSize(BadModel):
    """The file is malformed: the size of a section."""

    status = 22


class SectionChecksum(BadModel):
    """A section of the file is damaged; copy it again."""

    status = 23


class SectionTooShort(BadModel):
    """The file is malformed: a section is too short."""

    status = 24


class BadConfiguration(BadModel):
    """The file is malformed: its configuration."""

    status = 25


class BadBuffer(BadModel):
    """The file is malformed: a buffer."""

    status = 26


class BadLevel(BadModel):
    """The file is malformed: a level."""

    status = 27


class BadTable(BadModel):
    """The file is malformed: a table."""

    status = 28


class BadProduct(BadModel):
    """The file is malformed: a product."""

    status = 29


class BadNorm(BadModel):
    """The file is malformed: a norm."""

    status = 30


class BadStep(BadModel):
    """The file is malformed: a step."""

    status = 31


class BadWeights(BadModel):
    """The file is malformed: its weights."""

    status = 32


class BadScale(BadModel):
    """The file is malformed: a scale."""

    status = 33


class BadTest(BadModel):
    """The file is malformed: its test case."""

    status = 34


class BadMetadata(BadModel):
    """The file is malformed: its metadata."""

    status = 35


class BadThreadCount(SpadeError, ValueError):
    """The number of threads is not 1 to 64."""

    status = 66


class ThreadsRefused(SpadeError):
    """The system refuses to start so many threads."""

    status = 67


class Closed(SpadeError, ValueError):
    """The model was closed: it paints and encodes no more."""

    status = 0


class UnknownLabel(SpadeError, ValueError):
    """An id of a map is not below the model's `label_count`."""

    status = 80


class UnknownClass(SpadeError, KeyError):
    """The network has no class of a name."""

    status = 0

    # Not that of KeyError, which puts the sentence into quotation marks.
    __str__ = Exception.__str__


class EdgesMissing(SpadeError, ValueError):
    """The network needs instance borders: `instances` or `edges` of `paint`."""

    status = 81


class EdgesUnexpected(SpadeError, ValueError):
    """The network reads no instance borders."""

    status = 82


class StyleNotFinite(SpadeError, ValueError):
    """A value of the style is not finite."""

    status = 84


class EncoderMissing(SpadeError):
    """The network has no style encoder."""

    status = 86


class NotAStyle(SpadeError):
    """The bytes are not a saved style."""

    status = 96


class StyleVersion(SpadeError):
    """The saved style is of another version; save it again."""

    status = 97


class StyleDamaged(SpadeError):
    """The saved style is damaged; copy it again."""

    status = 98


class StyleLength(SpadeError):
    """The saved style has another length than the network's."""

    status = 99


class BadSide(SpadeError, ValueError):
    """A side of a picture is not 1 to 16,777,216 pixels long."""

    status = 112


class NoColors(SpadeError):
    """The network's classes have no colours to read a drawing by."""

    status = 113


class NoDrawing(SpadeError, ValueError):
    """Most pixels of a picture are near no class's colour."""

    status = 114


class Transparent(SpadeError, ValueError):
    """A pixel is transparent and the network has no label for unknown pixels."""

    status = 115


class InternalError(SpadeError):
    """What this package sees to itself: a fault of it, and not of what it was given."""

    status = 0


class NotOpen(InternalError):
    """The model file was not opened."""

    status = 2


class NullArgument(InternalError):
    """An array that the library needs was not given to it."""

    status = 1


class MisalignedFile(InternalError):
    """The file is not 64-byte aligned in memory; map it."""

    status = 21


class ArenaTooSmall(InternalError):
    """The arena is smaller than the model needs with so many threads."""

    status = 64


class ArenaMisaligned(InternalError):
    """The arena is not 64-byte aligned."""

    status = 65


class StyleMissing(InternalError):
    """The network needs a style."""

    status = 83


class BadSize(InternalError):
    """An input has not the size the model states."""

    status = 85
