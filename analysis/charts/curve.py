"""Areas that rise: how many had answered by the end of each day, over how many had finished."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from analysis.charts import theme
from analysis.charts.shapes import Drawing, Line, Polygon, Shape, Words, text_width

HEIGHT, TOP = 180, 10
FLOOR = TOP + HEIGHT
APART = 17
"""Between two lines of words, the one above the other."""
TICK = 5
LABEL_GAP = 10

PARTIAL = theme.RANKS[3]


@dataclass(frozen=True)
class Point:
    """By the end of this day."""

    day: date
    responses: int
    complete: int


@dataclass(frozen=True)
class Tick:
    day: date
    text: str


@dataclass(frozen=True)
class Curve:
    """`total`, `complete` and `partial` are the last counts as they are read."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...] = ()
    total: str = ""
    complete: str = ""
    partial: str = ""

    def drawing(self, width: float) -> Drawing:
        if not self.points:
            return Drawing(width, 1, ())
        layout = _Layout(self, width)
        shapes = (*layout.areas(), *layout.labels(), *layout.axis())
        return Drawing(width, FLOOR + 28, shapes)


@dataclass(frozen=True)
class _Layout:
    chart: Curve
    width: float

    @property
    def _end(self) -> float:
        """Where the areas end and the labels begin."""
        labels = (self.chart.total, self.chart.complete, self.chart.partial)
        return self.width - max(map(text_width, labels)) - LABEL_GAP - 2

    def _x(self, day: date) -> float:
        """Where the day begins."""
        first, last = self.chart.points[0].day, self.chart.points[-1].day
        return self._end * (day - first).days / ((last - first).days + 1)

    def _y(self, count: int) -> float:
        return FLOOR - HEIGHT * count / self.chart.points[-1].responses

    def areas(self) -> list[Shape]:
        """The partial ones above the complete ones, and the line of their total."""
        total = self._steps(lambda point: point.responses)
        complete = self._steps(lambda point: point.complete)
        corners = ((self._end, FLOOR), (0.0, FLOOR))
        return [
            Polygon(((*total, *corners),), PARTIAL),
            Polygon(((*complete, *corners),), theme.FIRST),
            Line(tuple(total), theme.FIRST, 2),
        ]

    def _steps(self, count: Callable[[Point], int]) -> list[tuple[float, float]]:
        """Up on the day, level until the next."""
        starts = [self._x(point.day) for point in self.chart.points]
        levels = [self._y(count(point)) for point in self.chart.points]
        steps = zip(pairwise([*starts, self._end]), levels, strict=True)
        return [(x, y) for ends, y in steps for x in ends]

    def labels(self) -> list[Words]:
        """Each beside what it names; the total is not said twice where all are of one kind."""
        last = self.chart.points[-1]
        partial = last.responses - last.complete
        middles = [(self._y(last.responses), self.chart.total)]
        if partial and last.complete:
            middles.append((self._y(last.complete + partial / 2), self.chart.partial))
            middles.append((self._y(last.complete / 2), self.chart.complete))
        words: list[Words] = []
        for middle, text in middles:
            above = words[-1].y + APART if words else 0
            words.append(Words(self._end + LABEL_GAP, max(middle, above), text))
        return words

    def axis(self) -> list[Shape]:
        line = Line(((0, FLOOR), (self._end, FLOOR)), theme.MISSING)
        return [line, *self._ticks()]

    def _ticks(self) -> list[Shape]:
        """As many as have room, evenly."""
        ticks = [(self._x(tick.day), tick.text) for tick in self.chart.ticks]
        if not ticks:
            return []
        step = (ticks[-1][0] - ticks[0][0]) / max(len(ticks) - 1, 1)
        widest = max(text_width(text, theme.SMALL_SIZE) for _, text in ticks) + 12
        every = max(1, math.ceil(widest / step)) if step else 1
        shapes: list[Shape] = []
        clear = 0.0
        for x, text in ticks[::every]:
            shapes.append(Line(((x, FLOOR), (x, FLOOR + TICK)), theme.MISSING))
            align = "left" if x < text_width(text, theme.SMALL_SIZE) / 2 else "center"
            at = 0 if align == "left" else x
            words = Words(at, FLOOR + 16, text, size=theme.SMALL_SIZE, align=align)
            # The first is moved to stay within the width: the next may have no room left.
            if words.left >= clear:
                shapes.append(words)
                clear = words.left + words.width + 6
        return shapes
