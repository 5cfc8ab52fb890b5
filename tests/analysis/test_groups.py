"""The report of groups: what is told of them, what each view says, and of which groups."""

import threading

import pytest
from django.test import RequestFactory

from analysis import live, page
from analysis.charts import render
from analysis.filters import UnknownGroup, selected
from analysis.payload import report_data
from tests.analysis.populations import SEVERAL_TOOLS, shares, view, whole


def group(size, **answers):
    return [{"type": "association", **answers} for _ in range(size)]


OTHERS = [{"type": "mairie", "tiers_lieu": "non"}] * 20


def test_whom_a_question_is_asked_gives_away_no_hidden_answer():
    # Of 22, two said no: both counts are hidden, and so is how many were asked the next question.
    people = [*group(20, tiers_lieu="oui", forme="de_fait"), *group(2, tiers_lieu="non"), *OTHERS]

    report = view(whole(people), "type:association")

    assert shares(report, "tiers_lieu") == {"oui": None, "non": None}
    assert page.base_line(report.blocks["forme"]) == "Association\u00a0: trop peu de réponses"
    assert report.blocks["forme"].figures == {}


def test_of_a_group_that_finished_but_a_few_neither_is_told():
    # In populations.py who has an odd number has finished.
    people = [each for _ in range(10) for each in ({"type": "association"}, {"type": "mairie"})]

    report = view(whole(people), "type:association")

    assert report.respondents.total == 10
    assert (report.respondents.complete, report.respondents.partial) == (None, None)


def test_a_group_too_small_says_so_and_nothing_else():
    report = view(whole([*group(4, duree=30), *OTHERS]), "type:association")

    data = report_data(report, RequestFactory().get("/"))
    blocks = [block for section in data["sections"] for block in section["blocks"]]
    assert data["respondents"] == {"total": None, "complete": None, "partial": None}
    assert {block["base"]["answered"] for block in blocks} == {None}
    assert not any(block["chart"] for block in blocks)
    assert not any(cell for block in blocks for row in block["table"]["rows"] for cell in row[1:])
    assert page.filter_bar(report).words == ["Association\u00a0: trop peu de réponses"]


def test_numbers_of_a_small_group_are_a_mean_alone():
    people = [*group(4, duree=30), *group(4, duree=90), *[{"type": "mairie", "duree": 1}] * 20]

    block = view(whole(people), "type:association").blocks["duree"]

    assert block.sentence == "La moyenne est de 60 minutes, sur 8 réponses."
    distribution = block.figures["distribution"]
    assert [distribution[key] for key in ("min", "q1", "median", "q3", "max")] == [None] * 5
    assert block.chart is None


def test_long_lists_show_what_either_group_is_told_of(monkeypatch):
    monkeypatch.setattr("analysis.grouped.LONG_LIST", 2)
    people = [*group(9, outils=["ordinateur"]), *[{"type": "mairie", "outils": ["tablette"]}] * 9]

    table = view(whole(people), "type:association", "type:mairie").blocks["outils"].table

    assert [row[0] for row in table.rows] == ["Ordinateur", "Tablette", "Réponses"]
    assert table.keys == ("ordinateur", "tablette")


def test_the_filters_own_question_is_not_told_as_a_finding():
    # Of the question alone, three people are outside the two groups; of everybody, eight.
    people = [*group(9), *OTHERS, *[{"type": "autre"}] * 3, *[{"duree": 10}] * 5]

    block = view(whole(people), "type:association", "type:mairie").blocks["type"]

    assert block.sentence.startswith("C’est d’après la réponse à cette question")
    assert block.chart is None
    assert page.base_line(block) == "Association\u00a0: 9 réponses · Mairie\u00a0: 20 réponses"


@pytest.mark.parametrize(
    "query",
    [
        {"groupe": "type:nulle"},
        {"groupe": "nulle:association"},
        {"groupe": "association"},
        {"compare": "type:nulle"},
        {"groupe": "type:association", "compare": "moral:bonne"},
    ],
)
def test_what_is_no_group_is_unknown(query):
    offered = {code: split.filter for code, split in whole([]).splits.items()}

    with pytest.raises(UnknownGroup):
        selected(offered, query)


def test_a_group_compared_with_itself_or_with_nobody_stands_alone():
    offered = {code: split.filter for code, split in whole([]).splits.items()}

    for query in (
        {"groupe": "type:mairie", "compare": "type:mairie"},
        {"groupe": "type:mairie", "compare": ""},
        {"compare": "type:mairie"},
    ):
        assert selected(offered, query).query == "groupe=type:mairie"


def test_views_are_written_once_and_the_oldest_makes_room(monkeypatch):
    everybody, written = whole([]), []

    def write(_report, _declaration, selection):
        written.append(selection.query)
        return selection.query

    monkeypatch.setattr(live, "VIEWS_KEPT", 2)
    monkeypatch.setattr("analysis.grouped.write", write)
    offered = {code: split.filter for code, split in everybody.splits.items()}
    queries = [
        selected(offered, {"groupe": f"type:{code}"}) for code in ("association", "mairie", "autre")
    ]
    kept = live._Kept(None, None, everybody, None)
    answers = []

    def ask():
        answers.extend(kept.view(selection) == selection.query for selection in queries * 20)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [True] * 8 * 60
    assert len(kept.views) == 2
    written.clear()
    assert kept.view(queries[0]) == kept.view(queries[0])
    assert len(written) <= 1


def test_a_hidden_share_has_no_bar_and_the_same_picture_as_none():
    hidden = [*group(8, outils=["ordinateur"]), *group(3, outils=["ordinateur", "tablette"])]
    none = group(11, outils=["ordinateur"])
    pictures = []
    for people in (hidden, none):
        everybody = whole([*people, *OTHERS, *[SEVERAL_TOOLS] * 6])
        block = view(everybody, "type:association").blocks["outils"]
        pictures.append(render.svg(block.chart, render.WIDE, block.sentence))

    assert pictures[0] == pictures[1]
