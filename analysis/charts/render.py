"""Shapes -> SVG or PNG, with figure-level artists on a Figure: never pyplot, never axes."""

import hashlib
import io
import re
import threading
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, Transform

from analysis.charts import theme
from analysis.charts.shapes import BASELINE, Box, Chart, Drawing, Line, Polygon, Shape, Words, font

WIDE, NARROW = 720, 360
PX_PER_INCH = 72
PNG_DENSITY = 2

# Glyphs as paths: an image in a page cannot use its fonts, and the widths laid out stay true.
STYLE = {
    "svg.fonttype": "path",
    "svg.hashsalt": "conumm",
    "hatch.linewidth": 1.4,
}

NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
POINTS = re.compile(r'((?:width|height)="[\d.]+)pt"')

_drawing = threading.Lock()
"""matplotlib's fonts are shared by all threads and not safe to use from two at once."""


def svg(chart: Chart, width: int, alt: str) -> bytes:
    """The chart as an SVG document; `alt` is its title for whoever cannot see it."""
    with _drawing, mpl.rc_context(STYLE):
        figure = _figure(chart.drawing(width))
        output = io.StringIO()
        FigureCanvasSVG(figure).print_svg(output, metadata=NO_METADATA)
    return _tidied(output.getvalue(), alt).encode()


def png(chart: Chart, width: int) -> bytes:
    """The chart as a PNG on paper, two pixels for each px."""
    with _drawing, mpl.rc_context(STYLE):
        figure = _figure(chart.drawing(width), paper=True)
        output = io.BytesIO()
        figure.set_dpi(PX_PER_INCH * PNG_DENSITY)
        FigureCanvasAgg(figure).print_png(output, metadata={"Software": None})
    return output.getvalue()


def size(chart: Chart, width: int) -> tuple[int, int]:
    """Width and height in px, without drawing."""
    with _drawing:
        return width, _height(chart.drawing(width))


def digest(shown: object) -> str:
    """A name that changes when what is shown (by its `repr`), or how charts are drawn, changes."""
    return hashlib.sha256(f"{_code()} {shown!r}".encode()).hexdigest()[:16]


@cache
def _code() -> str:
    files = [*sorted(Path(__file__).parent.glob("*.py")), theme.TOKENS]
    read = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(mpl.__version__.encode() + read).hexdigest()


def _height(drawing: Drawing) -> int:
    return max(int(drawing.height + 0.999), 1)


def _figure(drawing: Drawing, paper: bool = False) -> Figure:
    width, height = drawing.width, _height(drawing)
    figure = Figure(figsize=(width / PX_PER_INCH, height / PX_PER_INCH), dpi=PX_PER_INCH)
    figure.patch.set_facecolor(theme.PAPER if paper else "none")
    px = Affine2D().scale(1 / width, -1 / height).translate(0, 1) + figure.transFigure
    for place, shape in enumerate(drawing.shapes):
        artist = figure.add_artist(_artist(shape, px))
        artist.set_zorder(place)
    return figure


def _artist(shape: Shape, px: Transform) -> Artist:
    if isinstance(shape, Box):
        return _rectangle(shape, px)
    if isinstance(shape, Words):
        return _Text(shape, px)
    if isinstance(shape, Polygon):
        return _polygon(shape, px)
    return _line(shape, px)


class _Text(Artist):
    """Words where they were laid out. `Text` would measure them again, twice as long to draw."""

    def __init__(self, words: Words, px: Transform) -> None:
        super().__init__()
        self.words, self.px = words, px

    def draw(self, renderer: RendererBase) -> None:
        words = self.words
        _, height = renderer.get_canvas_width_height()
        x, y = self.px.transform((words.left, words.y + words.size * BASELINE))
        context = renderer.new_gc()
        context.set_foreground(words.colour)
        renderer.draw_text(context, x, height - y, words.text, font(words.size), 0)
        context.restore()


def _rectangle(box: Box, px: Transform) -> Rectangle:
    look = {"facecolor": box.fill, "linewidth": 0}
    if box.hatched:
        look = {"facecolor": theme.PAPER, "edgecolor": box.fill, "hatch": "////", "linewidth": 1}
    elif box.edge:
        look |= {"edgecolor": box.edge, "linewidth": 1}
    return Rectangle((box.x, box.y), box.width, box.height, transform=px, **look)


def _polygon(polygon: Polygon, px: Transform) -> PathPatch:
    rings = [Outline([*ring, ring[0]], closed=True) for ring in polygon.rings]
    look = {"facecolor": polygon.fill, "linewidth": 0}
    if polygon.edge:
        look |= {"edgecolor": polygon.edge, "linewidth": polygon.width, "joinstyle": "round"}
    return PathPatch(Outline.make_compound_path(*rings), transform=px, **look)


def _line(line: Line, px: Transform) -> Line2D:
    xs, ys = zip(*line.points, strict=True)
    style = (0, (4, 3)) if line.dashed else "-"
    look = {"color": line.colour, "linewidth": line.width, "linestyle": style}
    return Line2D(xs, ys, transform=px, solid_joinstyle="miter", **look)


def _tidied(document: str, alt: str) -> str:
    """The document from its root on, with a role and a title, in px, without comments."""
    root = COMMENT.sub("", document[document.index("<svg") :])
    opening, rest = root.split(">", 1)
    opening = POINTS.sub(r'\1"', opening)
    return f'{opening} role="img"><title>{escape(alt)}</title>{rest}'
