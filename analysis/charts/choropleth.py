"""A map: each place in the colour of its class, with its count where there is room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path

from analysis.charts import theme
from analysis.charts.bars import NARROW_BELOW
from analysis.charts.geography import Geography, Outline, View
from analysis.charts.shapes import (
    BASELINE,
    SWATCH,
    Box,
    Drawing,
    Polygon,
    Shape,
    Words,
    number,
    text_width,
    wrapped,
)

LEGEND_WIDTH, INSETS_WIDTH, GAP = 176, 94, 14
LINE_HEIGHT, PARAGRAPH_GAP = 16, 6
ENLARGED_HEIGHT, INSET_HEIGHT, INSETS_A_ROW = 140, 104, 3
EMPTY, EMPTY_EDGE = theme.COLOURS["wash"], theme.MOODS[2]
BORDER, BORDER_ON_DARK = 0.6, theme.RANKS[2]
"""On dark places, not the colour of counts: a winding border would read as one of their digits."""
MARGIN = 1.5
"""On each side of a count, within its place."""


@dataclass(frozen=True)
class Class:
    """Places of `least` and more, below the next class; `text` as the legend says it."""

    least: int
    text: str


@dataclass(frozen=True)
class Choropleth:
    """`counts` by place, none of 0; `nobody` is what 0 is, `outside` who is not on the map."""

    geography: Geography
    counts: tuple[tuple[str, int], ...]
    classes: tuple[Class, ...]
    nobody: str
    outside: str = ""

    def drawing(self, width: float) -> Drawing:
        layout = _Layout(self, width)
        return layout.narrow() if width < NARROW_BELOW else layout.wide()

    @property
    def colours(self) -> Sequence[str]:
        """A teal a class, from light to dark."""
        last = len(self.classes) - 1
        darkest_first = theme.RANKS[:4]
        return [darkest_first[round((last - n) * 3 / max(last, 1))] for n in range(last + 1)]

    def colour(self, count: int) -> str:
        """That of the last class it reaches; empty for 0."""
        pairs = zip(self.classes, self.colours, strict=True)
        return max(((c.least, colour) for c, colour in pairs if c.least <= count), default=(0, ""))[
            1
        ]


@dataclass(frozen=True)
class _Layout:
    chart: Choropleth
    width: float

    def wide(self) -> Drawing:
        """Insets, map and legend side by side; what is enlarged stands below the legend."""
        geography = self.chart.geography
        left = INSETS_WIDTH + GAP if geography.insets else 0
        across = self.width - left - LEGEND_WIDTH - GAP
        main, height = self._main(left, across)
        right = self.width - LEGEND_WIDTH
        legend, legend_end = self._legend(right, 4, LEGEND_WIDTH)
        shapes, height = [*main, *legend], max(height, legend_end)
        if geography.enlarged:
            top = max(legend_end + GAP, height - ENLARGED_HEIGHT)
            size = (LEGEND_WIDTH, ENLARGED_HEIGHT)
            shapes += self._inset(geography.enlarged, right, top, size)
            height = max(height, top + ENLARGED_HEIGHT)
        each = height / max(len(geography.insets), 1)
        for place, view in enumerate(geography.insets):
            size = (INSETS_WIDTH, min(each - GAP, INSET_HEIGHT))
            shapes += self._inset(view, 0, place * each, size)
        return Drawing(self.width, height + 2, tuple(shapes))

    def narrow(self) -> Drawing:
        """Map, rows of insets and legend, one below the other."""
        shapes, top = self._main(0, self.width)
        top += GAP
        across = (self.width - GAP * (INSETS_A_ROW - 1)) / INSETS_A_ROW
        geography = self.chart.geography
        views = [*([geography.enlarged] if geography.enlarged else []), *geography.insets]
        for first in range(0, len(views), INSETS_A_ROW):
            for column, view in enumerate(views[first : first + INSETS_A_ROW]):
                x = column * (across + GAP)
                shapes += self._inset(view, x, top, (across, INSET_HEIGHT))
            top += INSET_HEIGHT + GAP
        legend, end = self._legend(0, top, self.width)
        return Drawing(self.width, end, (*shapes, *legend))

    def _main(self, left: float, across: float) -> tuple[list[Shape], float]:
        """The map, and where it ends."""
        view = self.chart.geography.main
        low, high = view.extent
        tall = across * (high - low)[1] / (high - low)[0]
        return self._view(view, _Fit.within(view, left, 0, (across, tall))), tall

    def _inset(self, view: View, x: float, y: float, size: tuple[float, float]) -> list[Shape]:
        """A view under its title, in a box of this size; that of a single place holds its count."""
        title, alone = view.title, len(view.outlines) == 1
        if alone and (count := dict(self.chart.counts).get(next(iter(view.outlines)), 0)):
            title = f"{title}\u00a0: {number(count)}"
        lines = wrapped(title, size[0], theme.SMALL_SIZE, 2)
        words = _lines(lines, x, y + LINE_HEIGHT / 2)
        under = LINE_HEIGHT * len(lines) + 4
        fit = _Fit.within(view, x, y + under, (size[0], size[1] - under))
        return [*words, *self._view(view, fit, labelled=not alone)]

    def _view(self, view: View, fit: "_Fit", *, labelled: bool = True) -> list[Shape]:
        """One polygon for all places of a colour; first those without answers."""
        by_colour: dict[str, list[Outline]] = {"": []}
        counts, words = dict(self.chart.counts), []
        for code, outline in view.outlines.items():
            count = counts.get(code, 0)
            colour = self.chart.colour(count)
            by_colour.setdefault(colour, []).append(outline)
            if colour and labelled:
                words += fit.count(outline, number(count), theme.text_on(colour))
        return [*(fit.polygon(of, colour) for colour, of in by_colour.items() if of), *words]

    def _legend(self, x: float, top: float, across: float) -> tuple[list[Shape], float]:
        items = [
            (each.text, colour)
            for each, colour in zip(self.chart.classes, self.chart.colours, strict=True)
        ]
        shapes: list[Shape] = []
        for text, colour in [*reversed(items), (self.chart.nobody, "")]:
            lines = wrapped(text, across - SWATCH, theme.SMALL_SIZE)
            look = {"fill": colour or EMPTY, "edge": "" if colour else EMPTY_EDGE}
            shapes.append(Box(x + 0.5, top + 2, 12, 12, **look))
            shapes += _lines(lines, x + SWATCH, top + LINE_HEIGHT / 2)
            top += LINE_HEIGHT * len(lines) + PARAGRAPH_GAP
        if self.chart.outside:
            lines = wrapped(self.chart.outside, across - 4, theme.SMALL_SIZE)
            shapes += _lines(lines, x, top + LINE_HEIGHT / 2)
            top += LINE_HEIGHT * len(lines) + PARAGRAPH_GAP
        return shapes, top


def _lines(lines: Iterable[str], x: float, y: float) -> list[Words]:
    return [
        Words(x, y + n * LINE_HEIGHT, line, size=theme.SMALL_SIZE) for n, line in enumerate(lines)
    ]


@dataclass(frozen=True)
class _Fit:
    """From a view to px, as large as its box lets it be, in the middle of it."""

    scale: float
    origin: np.ndarray

    @classmethod
    def within(cls, view: View, x: float, y: float, size: tuple[float, float]) -> "_Fit":
        low, high = view.extent
        room = np.array(size) - 2
        scale = float((room / (high - low)).min())
        corner = np.array([x + 1, y + 1])
        return cls(scale, corner + (room - scale * (high - low)) / 2 - scale * low)

    def points(self, points: np.ndarray) -> list[tuple[float, float]]:
        """To a tenth of a px, which keeps the image small."""
        return [(x, y) for x, y in np.round(points * self.scale + self.origin, 1).tolist()]

    def polygon(self, outlines: Iterable[Outline], colour: str) -> Polygon:
        rings = tuple(tuple(self.points(ring)) for outline in outlines for ring in outline.rings)
        if not colour:
            return Polygon(rings, EMPTY, EMPTY_EDGE, BORDER)
        is_dark = theme.text_on(colour) == theme.PAPER
        return Polygon(rings, colour, BORDER_ON_DARK if is_dark else theme.PAPER, BORDER)

    def count(self, outline: Outline, text: str, colour: str) -> list[Words]:
        """The count, if it fits within the place."""
        size = theme.SMALL_SIZE - 1
        ((x, y),) = self.points(outline.label[None])
        across, half = text_width(text, size) / 2 + MARGIN, size * BASELINE
        corners = [(x + dx, y + dy) for dx in (-across, across) for dy in (-half, half)]
        if not any(_holds(self.points(ring), corners) for ring in outline.rings):
            return []
        return [Words(x, y, text, colour, size, "center")]


def _holds(ring: Sequence[tuple[float, float]], points: Sequence[tuple[float, float]]) -> bool:
    return bool(Path(ring).contains_points(points).all())
