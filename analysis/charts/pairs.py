"""Two groups side by side: for each part a bar of each group, as long as its share."""

from dataclasses import dataclass

from analysis.charts import theme
from analysis.charts.bars import LINE_HEIGHT, NARROW_BELOW
from analysis.charts.shapes import (
    Box,
    Drawing,
    Shape,
    Words,
    labels_width,
    legend,
    paragraph,
    text_width,
    wrapped,
)

THICKNESS = 14
GAP = 3
LABELS_SHARE = 0.4
COLOURS = (theme.FIRST, theme.SECOND)


@dataclass(frozen=True)
class Part:
    """`shares` between 0 and 1 and how they are read, by group; a share of None has no bar."""

    label: str
    shares: tuple[float | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Pairs:
    parts: tuple[Part, ...]
    series: tuple[str, ...]

    def drawing(self, width: float) -> Drawing:
        names = zip(self.series, COLOURS, strict=True)
        shapes, top = legend([(name, colour, False) for name, colour in names], width, 0)
        top += 8
        narrow = width < NARROW_BELOW
        label_width = width if narrow else self._label_width(width)
        start = 0 if narrow else label_width + 14
        for part in self.parts:
            lines = wrapped(part.label, label_width)
            height = LINE_HEIGHT * len(lines)
            bars = len(self.series) * (THICKNESS + GAP) - GAP
            tall = height + bars + 6 if narrow else max(height, bars)
            words_at = top + height / 2 if narrow else top + tall / 2
            shapes += paragraph(lines, 0, words_at)
            first = top + height + 4 if narrow else top + (tall - bars) / 2
            shapes += self._bars(part, start, first, width)
            top += tall + 12
        return Drawing(width, top, tuple(shapes))

    def _label_width(self, width: float) -> float:
        return labels_width((part.label for part in self.parts), width * LABELS_SHARE)

    def _bars(self, part: Part, start: float, top: float, width: float) -> list[Shape]:
        texts = [text for each in self.parts for text in each.texts]
        reserved = max(text_width(text, theme.SMALL_SIZE) for text in texts) + 10
        most = max((share or 0 for each in self.parts for share in each.shares), default=0) or 1
        shapes: list[Shape] = []
        for place, (share, text) in enumerate(zip(part.shares, part.texts, strict=True)):
            y = top + place * (THICKNESS + GAP)
            length = (share or 0) / most * (width - start - reserved)
            if length:
                shapes.append(Box(start, y, max(length, 1.5), THICKNESS, COLOURS[place]))
            after = start + (length + 8 if length else 0)
            shapes.append(Words(after, y + THICKNESS / 2, text, size=theme.SMALL_SIZE))
        return shapes
