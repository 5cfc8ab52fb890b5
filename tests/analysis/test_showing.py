"""How figures are shown: scales in their order, ranks with a legend, groups as they are told."""

import pytest

from analysis import presentation
from analysis.charts.bars import Bars
from analysis.charts.shapes import Line
from analysis.charts.stacked import Diverging
from analysis.declarations import BlockSpec
from analysis.showing import ranks, shares
from analysis.showing.crossed import CrossedShown, chart
from analysis.showing.shown import Shown
from analysis.summaries import Base, Crossed, Distribution, InClasses, Ranks, Shares
from analysis.wording import Noun
from survey.questionnaire import ChoiceSpec, QuestionSpec

PEOPLE = Noun("personne", "personnes", feminine=True)
STEPS = {"jamais": 2, "parfois": 9, "souvent": 5, "autre": 1}


def question(codes, *, ordered=False, kind="single", **more):
    choices = tuple(ChoiceSpec(code, code.capitalize(), other=code == "autre") for code in codes)
    return QuestionSpec("q", kind, "Titre", "Libellé", choices=choices, ordered=ordered, **more)


def shown(asked, summary, *, of_group=False, **spec):
    base = None if of_group else Base(20, 20, summary.base)
    return Shown(asked, base, summary, PEOPLE, BlockSpec(**spec))


@pytest.mark.parametrize("of_group", [False, True])
def test_a_scale_keeps_its_order_in_chart_table_and_api(of_group):
    scale = shown(
        question(STEPS, ordered=True), Shares(17, STEPS, is_protected=of_group), of_group=of_group
    )
    labels = ["Jamais", "Parfois", "Souvent", "Autre"]

    assert [row.label for row in presentation.of("ordinal").chart(scale).rows] == labels
    assert [row[0] for row in shares.table(scale).rows][:4] == labels
    assert [share["label"] for share in shares.figures(scale)["shares"]] == labels
    assert list(shares.parts(scale)) == labels


def test_what_is_no_scale_is_sorted_with_other_answers_last():
    sorted_labels = shown(question(STEPS), Shares(17, STEPS)).sorted_labels

    assert list(sorted_labels.values()) == ["Parfois", "Souvent", "Jamais", "Autre"]


def test_a_scale_diverges_unless_a_part_of_it_may_not_be_told():
    asked = question(["haute", "moyenne", "basse"], ordered=True)
    whole = shown(asked, Shares(9, {"haute": 5, "moyenne": 0, "basse": 4}), chart="diverging")
    hidden = Shares(9, {"haute": 6, "moyenne": 0, "basse": 0}, is_protected=True)

    assert isinstance(shares.scale(whole), Diverging)
    assert isinstance(shares.scale(shown(asked, hidden, of_group=True, chart="diverging")), Bars)


def test_ranks_give_shares_and_the_mean_rank_with_its_base():
    ranked = shown(
        question(["seniors", "jeunes"], kind="ranking"),
        Ranks(8, {"seniors": (6, 1), "jeunes": (2, 2)}),
    )

    seniors, jeunes = ranks.figures(ranked)["ranks"]

    assert (seniors["first_share"], seniors["mentioned_share"]) == (0.75, 0.875)
    assert (seniors["mentioned"], seniors["mean_rank"]) == (7, 8 / 7)
    assert jeunes == {
        "choice": "jeunes",
        "label": "Jeunes",
        "counts": [2, 2],
        "mentioned": 4,
        "first_share": 0.25,
        "mentioned_share": 0.5,
        "mean_rank": 1.5,
        "mean_rank_base": 4,
    }


def test_of_ranks_that_nobody_gave_there_is_no_share():
    ranked = shown(question(["seniors"], kind="ranking"), Ranks(0, {"seniors": (0,)}))

    (seniors,) = ranks.figures(ranked)["ranks"]

    assert (seniors["first_share"], seniors["mentioned_share"], seniors["mean_rank"]) == (None,) * 3


def test_of_a_group_only_who_is_first_is_told():
    firsts = Shares(18, {"seniors": 9, "jeunes": 0}, is_protected=True)
    ranked = shown(question(["seniors", "jeunes"], kind="ranking"), firsts, of_group=True)

    seniors, jeunes = ranks.first_figures(ranked)["ranks"]

    assert (seniors["counts"], seniors["first_share"]) == ([9], 0.5)
    assert (jeunes["counts"], jeunes["first_share"]) == ([None], None)
    assert {seniors[key] for key in ("mentioned", "mentioned_share", "mean_rank")} == {None}


def test_the_legend_says_what_the_ranks_are():
    ranked = question("ab", kind="ranking", item="Public")

    assert "Public n°1\u00a0: en premier" in presentation.of("ranking").legend(ranked)
    assert "en premier" in presentation.of_group("ranking").legend(ranked)
    assert presentation.of("nominal").legend(question("ab")) == ""


def test_what_is_ranked_has_the_name_that_the_questionnaire_gives_it_or_none():
    summary = Ranks(1, {"a": (1, 0), "b": (0, 1)})
    tools, unnamed = (
        shown(question("ab", kind="ranking", **named), summary) for named in ({"item": "Outil"}, {})
    )

    assert ranks.chart(tools).series == ("Outil n°1, en premier", "Outil n°2")
    assert ranks.table(tools).columns[0] == "Outil"
    assert ranks.chart(unnamed).series == ("n°1, en premier", "n°2")
    assert ranks.table(unnamed).columns[0] == "Choix"


@pytest.mark.parametrize(
    ("items", "last"),
    [
        (2, "Public n°2"),
        (4, "Public n°4"),
        (5, "Public n°5"),
        (6, "n°5 et suivants"),
    ],
)
def test_ranks_after_the_fourth_stand_together(items, last):
    codes = "abcdef"[:items]
    summary = Ranks(
        1, {code: tuple(int(n == k) for n in range(items)) for k, code in enumerate(codes)}
    )

    drawn = ranks.chart(shown(question(codes, kind="ranking", item="Public"), summary))

    assert drawn.series[0] == "Public n°1, en premier"
    assert drawn.series[-1] == last
    assert {len(row.counts) for row in drawn.rows} == {len(drawn.series)}


def test_a_hidden_class_is_not_read_as_nobody():
    asked = question([], kind="number", unit="ans")
    whole, group = Distribution({20.0: 9, 31.0: 3}), InClasses({20.0: 9, 31.0: 3}, (9, 0))

    draw = presentation.of("numeric").chart

    assert draw(shown(asked, whole)).none == "0"
    assert draw(shown(asked, group, of_group=True)).none == "—"


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ({0.0: 3, 1.0: 2}, ("0", "1")),
        ({60.0: 40}, ("60",)),
        ({**{float(n): 2 for n in range(1, 6)}, 99.0: 1}, ("1", "2", "3", "4", "5", "6 et plus")),
        ({20.0: 1, 60.0: 1}, ("20", "25", "30", "35", "40", "45", "50", "55", "60", "65")),
        ({0.25: 1, 1.7: 1}, ("0,2", "0,4", "0,6", "0,8", "1", "1,2", "1,4", "1,6", "1,8")),
        ({}, ()),
    ],
)
def test_a_class_of_one_whole_number_is_named_by_it(values, ticks):
    numbers = shown(question([], kind="number", unit="ans"), Distribution(values))

    assert presentation.of("numeric").chart(numbers).ticks == ticks


def test_the_median_stands_in_the_middle_of_the_only_number_of_its_class():
    numbers = shown(question([], kind="number"), Distribution({0.0: 3, 1.0: 6, 2.0: 3}))

    shapes = presentation.of("numeric").chart(numbers).drawing(720).shapes

    # The middle of the second of three classes, which is that of the image.
    strokes = {
        shape.points[0][0] for shape in shapes if isinstance(shape, Line) and shape.width < 3
    }
    assert 360 in {round(x) for x in strokes}


def test_of_many_answers_the_rarest_stand_together_in_a_crossing_s_chart():
    counts = dict(zip("abcdefgh", (9, 8, 7, 6, 5, 4, 3, 0), strict=True))
    answers = shown(question(counts), Shares(42, counts))
    crossed = CrossedShown(answers, Crossed({"x": Shares(42, counts)}), question(["x"]), {})

    drawn = chart(crossed)

    assert drawn.series == ("A", "B", "C", "D", "E", "Autres réponses")
    assert drawn.rows[0].counts == (9, 8, 7, 6, 5, 7)
    assert drawn.rows[0].text == "42 réponses"
