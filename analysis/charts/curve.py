"""A line that rises: how many had answered by the end of each day."""

from dataclasses import dataclass
from datetime import date

from analysis.charts import theme
from analysis.charts.shapes import Drawing, Line, Shape, Words, text_width

HEIGHT = 150
TOP = 22


@dataclass(frozen=True)
class Curve:
    """`points`: day, total by its end; `ends`: the first and last day as they are read."""

    points: tuple[tuple[date, int], ...]
    ends: tuple[str, str] = ("", "")
    total: str = ""

    def drawing(self, width: float) -> Drawing:
        if not self.points:
            return Drawing(width, 1, ())
        floor = TOP + HEIGHT
        line = Line(tuple(self._steps(width, floor)), theme.FIRST, 2.5)
        axis = Line(((0, floor), (width, floor)), theme.MISSING)
        end_x, end_y = line.points[-1]
        total = Words(end_x, end_y - 12, self.total, align="right")
        return Drawing(width, floor + 26, (axis, line, total, *self._days(width, floor)))

    def _steps(self, width: float, floor: float) -> list[tuple[float, float]]:
        """Up on the day, level until the next."""
        first, last = self.points[0][0], self.points[-1][0]
        days = max((last - first).days, 1)
        most = self.points[-1][1] or 1
        steps = [(2.0, floor)]
        for day, count in self.points:
            x = 2 + (width - 4) * (day - first).days / days
            y = floor - HEIGHT * count / most
            steps += [(x, steps[-1][1]), (x, y)]
        return steps if first < last else [*steps, (width - 2, steps[-1][1])]

    def _days(self, width: float, floor: float) -> list[Shape]:
        first, last = self.ends
        shapes: list[Shape] = [Words(0, floor + 14, first, size=theme.SMALL_SIZE)]
        room = width - text_width(first, theme.SMALL_SIZE) - text_width(last, theme.SMALL_SIZE)
        if last != first and room > 20:
            shapes.append(Words(width, floor + 14, last, size=theme.SMALL_SIZE, align="right"))
        return shapes
