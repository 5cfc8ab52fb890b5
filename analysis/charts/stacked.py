"""Bars made of parts: ranks by item, and a scale that diverges from its middle."""

from dataclasses import dataclass

from analysis.charts import theme
from analysis.charts.bars import LINE_HEIGHT, NARROW_BELOW, THICKNESS, Bar
from analysis.charts.shapes import (
    Box,
    Drawing,
    Shape,
    Words,
    legend,
    paragraph,
    text_width,
    wrapped,
)

TALL = 34


@dataclass(frozen=True)
class Stack:
    """An item's counts by rank; `text` is what stands at the end: how many mentioned it."""

    label: str
    counts: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Stacked:
    """`series`: what each part is, « Public n°1 » …, in the order of `counts`."""

    rows: tuple[Stack, ...]
    series: tuple[str, ...]

    def drawing(self, width: float) -> Drawing:
        colours = theme.RANKS[: len(self.series)]
        shapes, top = legend(
            [(name, colour, False) for name, colour in zip(self.series, colours, strict=True)],
            width,
            0,
        )
        top += 8
        for row in self.rows:
            added, top = self._row(row, width, top)
            shapes += added
        return Drawing(width, top + 2, tuple(shapes))

    def _row(self, row: Stack, width: float, top: float) -> tuple[list[Shape], float]:
        narrow = width < NARROW_BELOW
        longest = max(text_width(r.label) for r in self.rows) + 1
        label_width = width if narrow else min(longest, width * 0.36)
        lines = wrapped(row.label, label_width)
        height = LINE_HEIGHT * len(lines)
        if narrow:
            middle = top + height + 2 + THICKNESS / 2
            words = paragraph(lines, 0, top + height / 2)
            return [*words, *self._parts(row, 0, width, middle)], middle + THICKNESS / 2 + 12
        middle = top + max(height, THICKNESS + 2) / 2 + 4
        words = paragraph(lines, 0, middle)
        parts = self._parts(row, label_width + 14, width, middle)
        return [*words, *parts], middle + max(height, THICKNESS + 2) / 2 + 4

    def _parts(self, row: Stack, start: float, width: float, middle: float) -> list[Shape]:
        reserved = max(text_width(r.text) for r in self.rows) + 10
        most = max((sum(r.counts) for r in self.rows), default=0) or 1
        scale = (width - start - reserved) / most
        shapes: list[Shape] = []
        x = start
        for count, colour in zip(row.counts, theme.RANKS, strict=False):
            length = count * scale
            if count:
                edge = theme.RANKS[3] if colour == theme.RANKS[-1] else ""
                shapes.append(Box(x, middle - THICKNESS / 2, length, THICKNESS, colour, edge=edge))
                shapes += _inside(str(count), x, length, middle, colour)
            x += length
        return [*shapes, Words(x + 8, middle, row.text)]


@dataclass(frozen=True)
class Diverging:
    """A scale of five as one bar, centred on its middle; its rows are in the scale's order."""

    rows: tuple[Bar, ...]
    missing: Bar | None = None

    def drawing(self, width: float) -> Drawing:
        total = sum(row.count for row in self.rows)
        shapes: list[Shape] = self._bar(width, total) if total else []
        items = [(r.text, c, False) for r, c in zip(self.rows, self._colours, strict=True)]
        if self.missing and self.missing.count:
            items.append((self.missing.text, theme.MISSING, True))
        below, end = legend(items, width, TALL + 14 if total else 0)
        return Drawing(width, end, (*shapes, *below))

    @property
    def _colours(self) -> tuple[str, ...]:
        """Teal to rust, as many as there are rows, the middle one grey."""
        last = len(theme.MOODS) - 1
        steps = max(len(self.rows) - 1, 1)
        return tuple(theme.MOODS[round(n * last / steps)] for n in range(len(self.rows)))

    def _bar(self, width: float, total: int) -> list[Shape]:
        counts = [row.count for row in self.rows]
        half, odd = divmod(len(counts), 2)
        left = sum(counts[:half]) + (counts[half] / 2 if odd else 0)
        scale = (width / 2 - 1) / max(left, total - left)
        x = width / 2 - left * scale
        shapes: list[Shape] = []
        for count, colour in zip(counts, self._colours, strict=True):
            length = count * scale
            if count:
                shapes.append(Box(x, 4, length, TALL, colour))
                shapes += _inside(str(count), x, length, 4 + TALL / 2, colour)
            x += length
        return shapes


def _inside(text: str, x: float, length: float, middle: float, colour: str) -> list[Shape]:
    """A part's count, where it has room for it."""
    if length < text_width(text, theme.SMALL_SIZE) + 6:
        return []
    words = Words(
        x + length / 2, middle, text, theme.text_on(colour), theme.SMALL_SIZE, align="center"
    )
    return [words]
