import subprocess
import sys
from datetime import date

import pytest

from analysis.charts import render, theme
from analysis.charts.bars import Bar, Bars, BaseBar
from analysis.charts.choropleth import Choropleth, Class
from analysis.charts.curve import Curve, Point, Tick
from analysis.charts.histogram import Histogram
from analysis.charts.shapes import Box, Polygon, Words
from analysis.charts.stacked import Diverging, Split, Stack, Stacked
from tests.analysis.test_geography import ISLANDS

LONG = "Une réponse dont le libellé tient sur plusieurs lignes parce que la pratique le demande"
CHARTS = {
    "bars": Bars(
        (Bar("Oui", 12345, "12 345 · 57 %"), Bar(LONG, 3, "3 · 1 %")), Bar("na", 99999, "9")
    ),
    "no bars": Bars(()),
    "empty bars": Bars((Bar("Oui", 0, "0"), Bar("Non", 0, "0")), Bar("na", 4, "4")),
    "many bars": Bars(tuple(Bar(f"Choix {n}", n, str(n)) for n in range(40))),
    "base": BaseBar(Bar("", 3, "3 ont répondu"), Bar("", 2, "2"), Bar("", 0, "0")),
    "nobody": BaseBar(Bar("", 0, "0"), Bar("", 0, "0"), Bar("", 0, "0")),
    "stacked": Stacked(
        (Stack("Seniors", (9, 5, 2), "16"), Stack(LONG, (0, 0, 0), "0")), ("1", "2", "3")
    ),
    "split": Split(
        (Stack(LONG, (9, 1, 0, 2, 1, 40), "53 réponses"), Stack("b", (0,) * 6, "0 réponse")),
        ("un", "deux", "trois", "quatre", "cinq", "six"),
    ),
    "diverging": Diverging(
        (Bar("a", 3, "a"), Bar("b", 0, "b"), Bar("c", 9, "c")), Bar("na", 1, "na")
    ),
    "histogram": Histogram((0, 10, 20), (3, 0), ("0", "10", "20"), "ans", 4.0, "médiane : 4 ans"),
    "no histogram": Histogram((), (), ()),
    "curve": Curve(
        (Point(date(2021, 1, 11), 3, 0), Point(date(2021, 3, 5), 95, 64)),
        (Tick(date(2021, 2, 1), "1er février"), Tick(date(2021, 3, 1), "1er mars")),
        "95 réponses",
        "64 complètes",
        "31 partielles",
    ),
    "one day": Curve(
        (Point(date(2021, 1, 11), 3, 3),),
        (Tick(date(2021, 1, 11), "11 janvier"),),
        "3 réponses",
        "3 complètes",
        "0 partielle",
    ),
    "no day": Curve(()),
    "map": Choropleth(
        ISLANDS,
        (("a", 12), ("c", 3)),
        (Class(1, "1 à 4"), Class(5, "5 à 12")),
        "Aucune",
        "Ailleurs",
    ),
    "empty map": Choropleth(ISLANDS, (), (), "Aucune réponse"),
}


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
@pytest.mark.parametrize("width", [render.WIDE, render.NARROW])
def test_every_chart_stays_within_its_width_and_its_announced_size(chart, width):
    announced_width, height = render.size(chart, width)

    svg = render.svg(chart, width, "Une phrase").decode()

    assert announced_width == width
    assert f'viewBox="0 0 {width} {height}"' in svg
    for shape in chart.drawing(width).shapes:
        if isinstance(shape, Box):
            assert shape.x >= -0.5
            assert shape.x + shape.width <= width + 0.5
        if isinstance(shape, Words):
            assert -0.5 <= shape.left <= shape.left + shape.width <= width + 0.5, shape
        if isinstance(shape, Polygon):
            points = [point for ring in shape.rings for point in ring]
            assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


def test_the_same_chart_is_the_same_bytes_and_says_its_sentence():
    first = render.svg(CHARTS["bars"], render.WIDE, "57 % des lieux & d’autres")

    assert first == render.svg(CHARTS["bars"], render.WIDE, "57 % des lieux & d’autres")
    assert b"<title>57 % des lieux &amp; d" in first
    assert b"<script" not in first
    assert render.png(CHARTS["bars"], render.WIDE).startswith(b"\x89PNG")


def test_missing_answers_are_hatched_and_cut_where_they_would_dwarf_the_rest():
    drawing = CHARTS["bars"].drawing(render.WIDE)
    hatched = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.hatched]

    assert len(hatched) == 1
    assert hatched[0].width <= max(s.width for s in drawing.shapes if isinstance(s, Box))


def test_a_digest_follows_what_is_shown():
    one = Bars((Bar("Oui", 1, "1"),))

    assert render.digest(one) == render.digest(Bars((Bar("Oui", 1, "1"),)))
    assert render.digest(one) != render.digest(Bars((Bar("Oui", 2, "2"),)))


def test_text_reads_on_every_colour_it_stands_on():
    for colour in (*theme.RANKS, *theme.MOODS, *theme.shades(6), *theme.shades(12)):
        assert theme.contrast(theme.text_on(colour), colour) >= 4.5, colour
    for colour in (theme.INK, theme.FIRST, theme.SECOND, theme.MISSING):
        assert theme.contrast(colour, theme.PAPER) >= 4.5, colour


def test_words_are_drawn_in_the_pages_ink():
    words = [s for s in CHARTS["stacked"].drawing(720).shapes if isinstance(s, Words)]

    assert {"Seniors", "16", "9"} <= {word.text for word in words}


def test_a_map_says_its_counts_where_there_is_room_and_those_of_insets_in_their_titles():
    words = [s.text for s in CHARTS["map"].drawing(720).shapes if isinstance(s, Words)]

    assert {"12", "Centre\u00a0: 12", "Île\u00a0: 3"} <= set(words)
    assert "4" not in words
    assert {"5 à 12", "Ailleurs"} <= set(words)


def test_a_place_without_answers_is_told_apart_by_its_outline():
    polygons = [s for s in CHARTS["map"].drawing(720).shapes if isinstance(s, Polygon)]
    fills = {polygon.fill for polygon in polygons}

    assert len(fills) == 3
    assert len(fills & set(theme.RANKS)) == 2


def test_the_curve_names_each_part_unless_there_is_but_one():
    said = {
        name: {s.text for s in CHARTS[name].drawing(720).shapes if isinstance(s, Words)}
        for name in ("curve", "one day")
    }

    assert said["curve"] >= {"95 réponses", "64 complètes", "31 partielles", "1er mars"}
    assert said["one day"] == {"3 réponses", "11 janvier"}


def test_bars_of_groups_are_as_long_and_say_counts_and_shares_where_they_fit():
    rows = (Stack("A", (8, 25), "33 réponses"), Stack("B", (1, 199), "200 réponses"))
    drawing = Split(rows, ("Oui", "Non")).drawing(720)
    said = [shape.text for shape in drawing.shapes if isinstance(shape, Words)]
    bars = [s for s in drawing.shapes if isinstance(s, Box) and s.height == 18]

    assert "8 · 24\u202f%" in said
    assert "1 · 1\u202f%" not in said
    assert {"33 réponses", "200 réponses"} <= set(said)
    assert round(bars[0].width + bars[1].width) == round(bars[2].width + bars[3].width)


def test_shades_go_from_the_darkest_rank_to_the_palest():
    assert theme.shades(0) == ()
    assert theme.shades(1) == (theme.RANKS[0],)
    assert theme.shades(5) == theme.RANKS
    assert len(set(theme.shades(12))) == 12


def test_a_class_of_nobody_reads_as_it_is_told():
    shown = Histogram((0, 10, 20), (3, 0), ("0", "10", "20"), none="—").drawing(720).shapes

    assert "—" in [shape.text for shape in shown if isinstance(shape, Words)]


def test_pyplot_is_never_loaded():
    code = (
        "import sys; from analysis.charts import render; from analysis.charts.bars import Bars; "
        "render.svg(Bars(()), 720, ''); sys.exit('matplotlib.pyplot' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
