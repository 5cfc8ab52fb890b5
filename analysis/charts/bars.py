"""Horizontal bars: one a choice, labels read from the left, values at the bars' ends."""

from dataclasses import dataclass
from functools import cached_property

from analysis.charts import theme
from analysis.charts.shapes import (
    Box,
    Drawing,
    Line,
    Shape,
    Words,
    labels_width,
    legend,
    paragraph,
    text_width,
    wrapped,
)

THICKNESS = 18
LINE_HEIGHT = 17
NARROW_BELOW = 480
LABELS_SHARE = 0.4


@dataclass(frozen=True)
class Bar:
    """`text` is the value as it is read: « 36 · 57 % »."""

    label: str
    count: int
    text: str


@dataclass(frozen=True)
class Bars:
    """`missing` is hatched, and cut where it would dwarf the answers; its count 0 hides it."""

    rows: tuple[Bar, ...]
    missing: Bar | None = None

    def drawing(self, width: float) -> Drawing:
        rows = [(bar, False) for bar in self.rows]
        if self.missing and self.missing.count:
            rows.append((self.missing, True))
        layout = _Layout(self, width)
        shapes: list[Shape] = []
        top = 2.0
        for bar, hatched in rows:
            added, top = layout.row(bar, hatched, top)
            shapes += added
        return Drawing(width, top + 2, tuple(shapes))


@dataclass(frozen=True)
class _Layout:
    chart: Bars
    width: float

    @property
    def _bars(self) -> list[Bar]:
        return [*self.chart.rows, *([self.chart.missing] if self.chart.missing else [])]

    @cached_property
    def label_width(self) -> float:
        """How wide labels may be; at narrow widths they stand above their bars."""
        if self.width < NARROW_BELOW:
            return self.width
        return labels_width((bar.label for bar in self._bars), self.width * LABELS_SHARE)

    @property
    def _bar_start(self) -> float:
        return 0 if self.width < NARROW_BELOW else self.label_width + 14

    @cached_property
    def _longest(self) -> float:
        """How long the longest bar may be, its value beside it."""
        reserved = max((text_width(bar.text) for bar in self._bars), default=0) + 10
        return max(self.width - self._bar_start - reserved, 40)

    def row(self, bar: Bar, hatched: bool, top: float) -> tuple[list[Shape], float]:
        lines = wrapped(bar.label, self.label_width)
        if self.width < NARROW_BELOW:
            text_height = LINE_HEIGHT * len(lines)
            words = paragraph(lines, 0, top + text_height / 2)
            middle = top + text_height + 2 + THICKNESS / 2
            return [*words, *self._bar(bar, hatched, middle)], middle + THICKNESS / 2 + 12
        height = max(THICKNESS, LINE_HEIGHT * len(lines)) + 10
        middle = top + height / 2
        return [*paragraph(lines, 0, middle), *self._bar(bar, hatched, middle)], top + height

    def _bar(self, bar: Bar, hatched: bool, middle: float) -> list[Shape]:
        start, y = self._bar_start, middle - THICKNESS / 2
        if not bar.count:
            return [Words(start, middle, bar.text)]
        most = max((row.count for row in self.chart.rows), default=0)
        share = bar.count / most if most else 1
        length = max(min(share, 1) * self._longest, 1.5)
        fill = theme.MISSING if hatched else theme.FIRST
        shapes: list[Shape] = [Box(start, y, length, THICKNESS, fill, hatched=hatched)]
        if share > 1 and most:
            shapes += _break_mark(start + length * 0.86, middle)
        return [*shapes, Words(start + length + 8, middle, bar.text)]


def _break_mark(x: float, middle: float) -> list[Shape]:
    """Two slanted strokes: the bar is longer than it is drawn."""
    reach = THICKNESS / 2 + 3
    gap = Line(((x + 2, middle + reach), (x + 8, middle - reach)), theme.PAPER, 6)
    strokes = [
        Line(((x + d, middle + reach), (x + d + 6, middle - reach)), theme.MISSING, 1.2)
        for d in (-1, 5)
    ]
    return [gap, *strokes]


@dataclass(frozen=True)
class BaseBar:
    """One bar split between who answered, who did not, and who was not asked."""

    answered: Bar
    missing: Bar
    not_asked: Bar

    def drawing(self, width: float) -> Drawing:
        parts = [
            (self.answered, theme.FIRST, False),
            (self.missing, theme.MISSING, True),
            (self.not_asked, theme.PAPER, False),
        ]
        total = sum(bar.count for bar, _, _ in parts)
        shapes: list[Shape] = []
        x = 0.5
        for bar, fill, hatched in parts:
            length = (width - 1) * bar.count / total if total else 0
            if length:
                edge = theme.edge(fill)
                shapes.append(Box(x, 2, length, THICKNESS, fill, hatched=hatched, edge=edge))
            x += length
        words = [(bar.text, fill, hatched) for bar, fill, hatched in parts if bar.count]
        below, end = legend(words, width, THICKNESS + 12)
        return Drawing(width, end, (*shapes, *below))
