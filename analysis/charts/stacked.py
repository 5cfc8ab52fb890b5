"""Bars made of parts: ranks by item, and a scale that diverges from its middle."""

from dataclasses import dataclass

from analysis.charts import theme
from analysis.charts.bars import LINE_HEIGHT, NARROW_BELOW, THICKNESS, Bar
from analysis.charts.shapes import (
    Box,
    Drawing,
    Line,
    Shape,
    Words,
    labels_width,
    legend,
    number,
    paragraph,
    text_width,
    wrapped,
)

TALL = 34
GAP = 1
CENTRE_MARK = 5


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
        narrow = width < NARROW_BELOW
        label_width = labels_width((r.label for r in self.rows), width * (1 if narrow else 0.36))
        for row in self.rows:
            added, top = self._row(row, width, label_width, top)
            shapes += added
        return Drawing(width, top + 2, tuple(shapes))

    def _row(
        self, row: Stack, width: float, label_width: float, top: float
    ) -> tuple[list[Shape], float]:
        lines = wrapped(row.label, label_width)
        height = LINE_HEIGHT * len(lines)
        if width < NARROW_BELOW:
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
                shapes += _part(count, colour, x, length, middle, THICKNESS)
            x += length
        return [*shapes, Words(x + 8 if x > start else x, middle, row.text)]


@dataclass(frozen=True)
class Diverging:
    """A scale of five as one bar, centred on its middle; its rows are in the scale's order."""

    rows: tuple[Bar, ...]
    missing: Bar | None = None

    def drawing(self, width: float) -> Drawing:
        total = sum(row.count for row in self.rows)
        shapes = [*self._bar(width, total), *self._centre(width)] if total else []
        items = [(r.text, c, False) for r, c in zip(self.rows, self._colours, strict=True)]
        if self.missing and self.missing.count:
            items.append((self.missing.text, theme.MISSING, True))
        below, end = legend(items, width, 2 * CENTRE_MARK + TALL + 10 if total else 0)
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
                shapes += _part(count, colour, x, length, CENTRE_MARK + 1 + TALL / 2, TALL)
            x += length
        return shapes

    def _centre(self, width: float) -> list[Shape]:
        """Two short strokes above and below the bar: what it leans away from."""
        x, top, bottom = width / 2, 0, 2 * CENTRE_MARK + 2 + TALL
        return [
            Line(((x, top), (x, top + CENTRE_MARK)), theme.INK, 1.2),
            Line(((x, bottom - CENTRE_MARK), (x, bottom)), theme.INK, 1.2),
        ]


def _part(
    count: int, colour: str, x: float, length: float, middle: float, thickness: float
) -> list[Shape]:
    """A part of a bar, a hair of paper before the next, with its count where there is room."""
    drawn = max(length - GAP, GAP)
    top = middle - thickness / 2
    box = Box(x, top, drawn, thickness, colour, edge=theme.edge(colour))
    text = number(count)
    if drawn < text_width(text, theme.SMALL_SIZE) + 5:
        return [box]
    look = {"colour": theme.text_on(colour), "size": theme.SMALL_SIZE}
    return [box, Words(x + drawn / 2, middle, text, align="center", **look)]
