"""What charts are made of: a drawing is a height and flat shapes, in px from the top left.

Charts lay shapes out without drawing anything, so their size is known at once; `render` alone
turns shapes into images.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Protocol, TypeAlias

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.charts import theme

Align: TypeAlias = Literal["left", "center", "right"]

BASELINE = 0.36
"""Half the height of a figure: from the middle of a line to its baseline, in font sizes."""


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str
    hatched: bool = False
    edge: str = ""


@dataclass(frozen=True)
class Words:
    """A line of text, vertically centred on `y`."""

    x: float
    y: float
    text: str
    colour: str = theme.INK
    size: float = theme.TEXT_SIZE
    align: Align = "left"


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str = theme.LINE
    width: float = 1.0
    dashed: bool = False


Shape: TypeAlias = Box | Words | Line


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    shapes: tuple[Shape, ...]


class Chart(Protocol):
    """Anything that can be laid out at a width in px; its `repr` says all that it shows."""

    def drawing(self, width: float) -> Drawing: ...


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = theme.TEXT_SIZE) -> float:
    """In px."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=size), False)
    return width


def wrapped(text: str, width: float, size: float = theme.TEXT_SIZE, lines: int = 3) -> list[str]:
    """The text in lines of this width at most, the last cut with « … » if there are too many."""
    found: list[str] = [""]
    for word in text.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if text_width(longer, size) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], f"{found[lines - 1]}…"]
    return [_cut(line, width, size) for line in found]


def _cut(line: str, width: float, size: float) -> str:
    while text_width(line, size) > width and len(line) > 2:
        line = f"{line[:-2].rstrip()}…"
    return line


def paragraph(lines: Iterable[str], x: float, middle: float, spacing: float = 17) -> list[Words]:
    """Lines of text whose whole is centred on `middle`."""
    lines = list(lines)
    top = middle - spacing * (len(lines) - 1) / 2
    return [Words(x, top + spacing * n, line) for n, line in enumerate(lines)]


def legend(
    items: Iterable[tuple[str, str, bool]], width: float, top: float
) -> tuple[list[Shape], float]:
    """Swatches and labels in rows of this width: the shapes, and where they end."""
    shapes: list[Shape] = []
    x, y = 0.0, top + 8
    for label, colour, hatched in items:
        length = 20 + text_width(label, theme.SMALL_SIZE)
        if x and x + length > width:
            x, y = 0.0, y + 21
        shapes.append(Box(x, y - 6, 12, 12, colour, hatched=hatched, edge=_edge(colour)))
        shapes.append(Words(x + 18, y, label, size=theme.SMALL_SIZE))
        x += length + 18
    return shapes, y + 12


def _edge(colour: str) -> str:
    return theme.MISSING if theme.contrast(colour, theme.PAPER) < 1.6 else ""
