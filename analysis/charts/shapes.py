"""What charts are made of: a drawing is a height and flat shapes, in px from the top left.

Charts lay shapes out without drawing anything, so their size is known at once; `render` alone
turns shapes into images.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, Protocol, TypeAlias

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.charts import theme

Align: TypeAlias = Literal["left", "center", "right"]

BASELINE = 0.36
"""Half the height of a figure: from the middle of a line to its baseline, in font sizes."""

SWATCH = 19
"""From a legend's swatch to its label."""


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

    @property
    def width(self) -> float:
        return text_width(self.text, self.size)

    @property
    def left(self) -> float:
        return self.x - {"left": 0, "center": 0.5, "right": 1}[self.align] * self.width


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str = theme.LINE
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True)
class Polygon:
    """Rings of points, closed of themselves; a ring turning the other way is a hole."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    fill: str
    edge: str = ""
    width: float = 1.0


Shape: TypeAlias = Box | Words | Line | Polygon


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    shapes: tuple[Shape, ...]


class Chart(Protocol):
    """Anything that can be laid out at a width in px; its `repr` says all that it shows."""

    def drawing(self, width: float) -> Drawing: ...


@cache
def font(size: float) -> FontProperties:
    """The one that ships with matplotlib: the same everywhere, whatever is installed."""
    return FontProperties(family="DejaVu Sans", size=size)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float = theme.TEXT_SIZE) -> float:
    """In px."""
    width, _, _ = text_to_path.get_text_width_height_descent(text, font(size), False)
    return width


def wrapped(text: str, width: float, size: float = theme.TEXT_SIZE, lines: int = 3) -> list[str]:
    """The text in even lines of this width at most, the last cut with « … » if too many."""
    found = _filled(text, width, size)
    if len(found) > lines:
        found = [*found[: lines - 1], f"{found[lines - 1]}…"]
    else:
        found = _evened(found, width, size)
    return [_cut(line, width, size) for line in found]


def labels_width(labels: Iterable[str], width: float) -> float:
    """How wide these labels stand when they are wrapped to this width at most."""
    lines = [line for label in labels for line in wrapped(label, width)]
    return min(max((text_width(line) for line in lines), default=0) + 1, width)


def _evened(lines: list[str], width: float, size: float) -> list[str]:
    """As many lines, in the narrowest width that holds them: no word is left alone on the last."""
    text = " ".join(lines)
    least = max(text_width(word, size) for word in text.split(" "))
    evened = lines
    while len(lines) > 1 and width > least:
        width -= 4
        narrower = _filled(text, max(width, least), size)
        if len(narrower) > len(lines):
            break
        evened = narrower
    return evened


def _filled(text: str, width: float, size: float) -> list[str]:
    found = [""]
    for word in text.split(" "):
        longer = f"{found[-1]} {word}".strip()
        if text_width(longer, size) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    return found


def _cut(line: str, width: float, size: float) -> str:
    while text_width(line, size) > width and len(line) > 2:
        line = f"{line[:-2].rstrip()}…"
    return line


def paragraph(lines: Iterable[str], x: float, middle: float, spacing: float = 17) -> list[Words]:
    """Lines of text whose whole is centred on `middle`."""
    lines = list(lines)
    top = middle - spacing * (len(lines) - 1) / 2
    return [Words(x, top + spacing * n, line) for n, line in enumerate(lines)]


def number(count: int) -> str:
    """« 12 345 »."""
    return f"{count:,}".replace(",", "\u202f")


def percent(share: float) -> str:
    """« 38 % », of a share between 0 and 1, halves rounded up."""
    return f"{int(share * 100 + 0.5)}\u202f%"


def legend(
    items: Iterable[tuple[str, str, bool]], width: float, top: float
) -> tuple[list[Shape], float]:
    """Swatches and labels in rows of this width: the shapes, and where they end."""
    shapes: list[Shape] = []
    x, y = 0.0, top + 8
    for label, colour, hatched in items:
        lines = wrapped(label, width - SWATCH, theme.SMALL_SIZE)
        length = SWATCH + max(text_width(line, theme.SMALL_SIZE) for line in lines)
        if x and x + length > width:
            x, y = 0.0, y + 21
        edge = theme.edge(colour)
        shapes.append(Box(x + 0.5, y - 6, 12, 12, colour, hatched=hatched, edge=edge))
        for n, line in enumerate(lines):
            shapes.append(Words(x + SWATCH, y + n * 16, line, size=theme.SMALL_SIZE))
        x, y = x + length + 20, y + 16 * (len(lines) - 1)
    return shapes, y + 12
