"""Columns: how many gave a value in each class."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from analysis.charts import theme
from analysis.charts.shapes import Align, Box, Drawing, Line, Shape, Words, number, text_width

HEIGHT = 150
TOP = 40
FLOOR = TOP + HEIGHT
MARGIN = 16
MEDIAN_TOP = 18
CASING = 4.5
APART = 6


@dataclass(frozen=True)
class Histogram:
    """`ticks`: the edges as they are read, one more than counts; or the only value of each class,
    read under its middle. `median` stands at its value.

    An infinite last edge leaves the last class open: a median in it stands at its middle. `none`
    is read above a class that counts nobody.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    ticks: tuple[str, ...]
    unit: str = ""
    median: float | None = None
    median_text: str = ""
    none: str = "0"

    def drawing(self, width: float) -> Drawing:
        if not self.counts:
            return Drawing(width, 1, ())
        layout = _Layout(self, width)
        shapes = (*layout.columns(), *layout.axis(), *layout.median(), *layout.values())
        return Drawing(width, FLOOR + (46 if self.unit else 26), shapes)


@dataclass(frozen=True)
class _Layout:
    chart: Histogram
    width: float

    @property
    def _step(self) -> float:
        return (self.width - MARGIN - self._right) / len(self.chart.counts)

    @property
    def _right(self) -> float:
        """The right margin; an open end's words stand in it, clear of the edge before them."""
        if not self._is_open or self._shift:
            return MARGIN
        before, last = (text_width(tick, theme.SMALL_SIZE) for tick in self.chart.ticks[-2:])
        needed, classes = before / 2 + APART + last, len(self.chart.counts)
        # From the edge before to the width's end there is one class and this margin.
        return max(MARGIN, (needed * classes - self.width + MARGIN) / max(classes - 1, 1))

    @property
    def _is_open(self) -> bool:
        return self.chart.edges[-1] == math.inf

    @property
    def _shift(self) -> float:
        """From a class's start to where its value is read, in classes."""
        return 0.5 if len(self.chart.ticks) == len(self.chart.counts) else 0

    def _x(self, position: float) -> float:
        """Of a position in classes: 0 is the first edge."""
        return MARGIN + position * self._step

    def _top(self, count: int) -> float:
        return FLOOR - HEIGHT * count / (max(self.chart.counts) or 1)

    def _words(self, x: float, y: float, text: str, colour: str = theme.INK) -> Words:
        """Centred on `x`, or as near as it stays within the width."""
        half = text_width(text, theme.SMALL_SIZE) / 2
        align: Align = "center"
        if x + half > self.width:
            x, align = self.width, "right"
        elif x < half:
            x, align = 0, "left"
        return Words(x, y, text, colour, theme.SMALL_SIZE, align)

    def columns(self) -> list[Shape]:
        tops = [(n, self._top(count)) for n, count in enumerate(self.chart.counts) if count]
        return [
            Box(self._x(n) + 1, top, self._step - 2, FLOOR - top, theme.FIRST) for n, top in tops
        ]

    def values(self) -> list[Words]:
        """Each column's count above it; where they have no room, that of the highest alone."""
        counts, none = self.chart.counts, self.chart.none
        words = [
            self._words(self._x(n + 0.5), self._top(count) - 9, number(count) if count else none)
            for n, count in enumerate(counts)
        ]
        if max(word.width for word in words) + 3 <= self._step:
            return words
        return [words[counts.index(max(counts))]]

    def axis(self) -> list[Shape]:
        ends = ((self._x(0), FLOOR), (self._x(len(self.chart.counts)), FLOOR))
        shapes: list[Shape] = [Line(ends, theme.MISSING), *self._ticks()]
        if self.chart.unit:
            shapes.append(self._words(self.width / 2, FLOOR + 34, self.chart.unit))
        return shapes

    def _ticks(self) -> list[Words]:
        """As many as have room, evenly; an open end always keeps the edge that it starts from."""
        ticks, y = self.chart.ticks, FLOOR + 13
        words = [self._words(self._x(n + self._shift), y, tick) for n, tick in enumerate(ticks)]
        last = [words.pop()] if self._is_open else []
        if last and not self._shift:
            last = [replace(last[0], x=self.width, align="right")]
        every = max(1, math.ceil((max((w.width for w in words), default=0) + APART) / self._step))
        first = (len(words) - 1) % every if last else 0
        room = last[0].left - APART if last else math.inf
        return [w for w in words[first::every] if w.left + w.width <= room] + last

    def median(self) -> list[Shape]:
        """A line at the median, cased in paper to stand out on a column, open where a count is."""
        if self.chart.median is None:
            return []
        x = self._x(self._position(self.chart.median))
        shapes: list[Shape] = [self._words(x, 9, self.chart.median_text, theme.SECOND)]
        for points in self._strokes(x):
            shapes.append(Line(points, theme.PAPER, CASING))
            shapes.append(Line(points, theme.SECOND, 1.8))
        return shapes

    def _strokes(self, x: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        for word in self.values():
            if word.left - 4 < x < word.left + word.width + 4:
                above = ((x, MEDIAN_TOP), (x, word.y - 8))
                below = ((x, word.y + 8), (x, FLOOR))
                return [points for points in (above, below) if points[0][1] < points[1][1]]
        return [((x, MEDIAN_TOP), (x, FLOOR))]

    def _position(self, value: float) -> float:
        """In classes from the first edge."""
        last = len(self.chart.counts) - 1
        for n, (low, high) in enumerate(pairwise(self.chart.edges)):
            if value < high or n == last:
                within = 0.5 if high == math.inf else min((value - low) / (high - low), 1)
                return n + within + (self._shift if high < math.inf else 0)
        return 0
