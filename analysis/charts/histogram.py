"""Columns: how many gave a value in each class."""

import math
from dataclasses import dataclass
from itertools import pairwise

from analysis.charts import theme
from analysis.charts.shapes import Box, Drawing, Line, Shape, Words, text_width

HEIGHT = 150
TOP = 40


@dataclass(frozen=True)
class Histogram:
    """`ticks`: the edges as they are read, one more than counts; `median` stands at its value."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    ticks: tuple[str, ...]
    unit: str = ""
    median: float | None = None
    median_text: str = ""

    def drawing(self, width: float) -> Drawing:
        if not self.counts:
            return Drawing(width, 1, ())
        floor = TOP + HEIGHT
        shapes = [*self._columns(width), *self._axis(width, floor), *self._median(width)]
        return Drawing(width, floor + (46 if self.unit else 26), tuple(shapes))

    def _x(self, position: float, width: float) -> float:
        """Of a position in classes: 0 is the first edge."""
        margin = 16
        return margin + position * (width - 2 * margin) / len(self.counts)

    def _columns(self, width: float) -> list[Shape]:
        most = max(self.counts) or 1
        shapes: list[Shape] = []
        for n, count in enumerate(self.counts):
            height = HEIGHT * count / most
            left, right = self._x(n, width) + 1, self._x(n + 1, width) - 1
            y = TOP + HEIGHT - height
            if count:
                shapes.append(Box(left, y, right - left, height, theme.FIRST))
            middle = (left + right) / 2
            shapes.append(Words(middle, y - 9, str(count), size=theme.SMALL_SIZE, align="center"))
        return shapes

    def _axis(self, width: float, floor: float) -> list[Shape]:
        ends = ((self._x(0, width), floor), (self._x(len(self.counts), width), floor))
        shapes: list[Shape] = [Line(ends, theme.MISSING)]
        step = (self._x(1, width) - self._x(0, width)) or 1
        widest = max(text_width(tick, theme.SMALL_SIZE) for tick in self.ticks) + 6
        every = max(1, math.ceil(widest / step))
        for n, tick in enumerate(self.ticks):
            if n % every == 0:
                x = self._x(n, width)
                shapes.append(Words(x, floor + 13, tick, size=theme.SMALL_SIZE, align="center"))
        if self.unit:
            unit = Words(width / 2, floor + 34, self.unit, size=theme.SMALL_SIZE, align="center")
            shapes.append(unit)
        return shapes

    def _median(self, width: float) -> list[Shape]:
        if self.median is None:
            return []
        x = self._x(self._position(self.median), width)
        half = text_width(self.median_text, theme.SMALL_SIZE) / 2
        label_x = min(max(x, half), width - half)
        line = Line(((x, 18), (x, TOP + HEIGHT)), theme.SECOND, 1.5, dashed=True)
        label = Words(label_x, 9, self.median_text, theme.SECOND, theme.SMALL_SIZE, align="center")
        return [line, label]

    def _position(self, value: float) -> float:
        for n, (low, high) in enumerate(pairwise(self.edges)):
            if value < high or n == len(self.counts) - 1:
                return n + (0.5 if high == math.inf else min((value - low) / (high - low), 1))
        return 0
