"""Bars made of parts: ranks by item, answers by group, a scale that diverges from its middle."""

from collections.abc import Sequence
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
    percent,
    text_width,
    wrapped,
)

TALL = 34
GAP = 1
CENTRE_MARK = 5


@dataclass(frozen=True)
class Stack:
    """An item's counts by rank, a group's by answer; `text` is what stands at the end."""

    label: str
    counts: tuple[int, ...]
    text: str


@dataclass(frozen=True)
class Stacked:
    """Bars as long as their counts; `series`: what each part is, in the order of `counts`."""

    rows: tuple[Stack, ...]
    series: tuple[str, ...]

    def drawing(self, width: float) -> Drawing:
        names = zip(self.series, self._colours, strict=True)
        shapes, top = legend([(name, colour, False) for name, colour in names], width, 0)
        top += 8
        narrow = width < NARROW_BELOW
        label_width = labels_width((r.label for r in self.rows), width * (1 if narrow else 0.36))
        for row in self.rows:
            added, top = self._row(row, width, label_width, top)
            shapes += added
        return Drawing(width, top + 2, tuple(shapes))

    @property
    def _colours(self) -> tuple[str, ...]:
        return theme.RANKS[: len(self.series)]

    def _full(self, _: Stack) -> int:
        """The count of a bar that would fill the width."""
        return max(sum(row.counts) for row in self.rows)

    def _texts(self, _: Stack, count: int) -> tuple[str, ...]:
        """What may stand in a part: the first that has room."""
        return (number(count),)

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
        scale = (width - start - reserved) / (self._full(row) or 1)
        shapes: list[Shape] = []
        x = start
        for count, colour in zip(row.counts, self._colours, strict=True):
            length = count * scale
            if count:
                texts = self._texts(row, count)
                shapes += _part(texts, colour, x, length, middle, THICKNESS)
            x += length
        return [*shapes, Words(x + 8 if x > start else x, middle, row.text)]


@dataclass(frozen=True)
class Split(Stacked):
    """Bars all as long, each split by the shares of its parts."""

    @property
    def _colours(self) -> tuple[str, ...]:
        return theme.shades(len(self.series))

    def _full(self, row: Stack) -> int:
        return sum(row.counts)

    def _texts(self, row: Stack, count: int) -> tuple[str, ...]:
        return (f"{number(count)} · {percent(count / sum(row.counts))}", number(count))


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
                middle = CENTRE_MARK + 1 + TALL / 2
                shapes += _part((number(count),), colour, x, length, middle, TALL)
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
    texts: Sequence[str], colour: str, x: float, length: float, middle: float, thickness: float
) -> list[Shape]:
    """A part of a bar, a hair of paper before the next, with the first text that has room."""
    drawn = max(length - GAP, GAP)
    top = middle - thickness / 2
    box = Box(x, top, drawn, thickness, colour, edge=theme.edge(colour))
    look = {"colour": theme.text_on(colour), "size": theme.SMALL_SIZE}
    for text in texts:
        if text_width(text, theme.SMALL_SIZE) + 5 <= drawn:
            return [box, Words(x + drawn / 2, middle, text, align="center", **look)]
    return [box]
