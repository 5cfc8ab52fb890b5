"""The report of groups: what is told of small populations, and that nothing else is."""

import itertools
import threading

import numpy as np
import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import csvfiles, live, page
from analysis.charts import render
from analysis.filters import UnknownGroup, selected
from analysis.payload import report_data
from tests.analysis.populations import LEAST, view, whole
from tests.factories import STRUCTURE
from tests.subtraction import follows

TYPES, TOOLS = ("association", "mairie", "autre"), ("ordinateur", "tablette", "autre")
PUBLICS = ("seniors", "jeunes", "enfants")


def population(chance):
    """Some dozens of people, of whom most are alike: groups are large, and some counts small."""

    def one_of(*answers):
        return chance.choices(answers, [9, 3, 1][: len(answers)])[0]

    def somebody():
        answers = {
            "type": one_of("association", "mairie", "autre"),
            "tiers_lieu": one_of("oui", "non"),
            "forme": one_of("labellise", "de_fait"),
            "outils": chance.sample(TOOLS, one_of(1, 2, 3)),
            "publics": one_of(PUBLICS, PUBLICS[::-1], PUBLICS[1:]),
            "duree": chance.choice([10, 20, 30, 45, 60, 90]),
            "humeur": one_of("haute", "moyenne", "basse"),
            "freins": "écrit",
        }
        return {code: answer for code, answer in answers.items() if chance.random() > silent}

    silent = chance.choice([0, 0.05, 0.3])
    return [somebody() for _ in range(chance.randint(12, 80))]


populations = st.randoms(use_true_random=False).map(population)
SEVERAL_TOOLS = {"outils": ["ordinateur", "tablette"]}
"""Of somebody in no group, so that ticks never add up to people."""


def everything_of(report):
    """All that anybody sees of a report: JSON, words, tables as files, charts as they are drawn."""
    blocks = report.blocks.values()
    return (
        report_data(report, RequestFactory().get("/")),
        page.filter_bar(report),
        [page.base_line(block) for block in blocks],
        [csvfiles.written(block.table) for block in blocks],
        [block.table.keyed for block in blocks],
        [block.chart and block.chart.drawing(720) for block in blocks],
    )


def shares(report, code):
    return {each["choice"]: each["count"] for each in report.blocks[code].figures["shares"]}


@settings(max_examples=25)
@given(populations)
def test_nothing_tells_a_hidden_count_from_nobody(people):
    people = [*people, *[SEVERAL_TOOLS] * 6]
    everybody = whole(people)
    for group in everybody.splits["type"].told:
        before = view(everybody, f"type:{group}")
        if not before.blocks["outils"].figures:
            continue
        told = {c for c, count in shares(before, "outils").items() if count is not None}
        fewer = [
            {**answers, "outils": [tool for tool in answers["outils"] if tool in told]}
            if answers.get("type") == group and told & set(answers.get("outils", ()))
            else answers
            for answers in people
        ]

        assert everything_of(view(whole(fewer), f"type:{group}")) == everything_of(before)


@settings(max_examples=40)
@given(populations, st.sampled_from(["tiers_lieu", "humeur", "publics", "type"]))
def test_no_small_count_follows_from_a_views_figures_and_the_whole_report(people, code):
    everybody = whole(people)
    split = everybody.splits["type"]
    views = {group: view(everybody, f"type:{group}") for group in split.told}
    views = {group: report for group, report in views.items() if report.blocks[code].figures}
    choices = STRUCTURE.questions[code].choice_codes
    table = np.array(
        [[counted(people, code, choice, group) for choice in choices] for group in views]
        + [[counted(people, code, choice, *TYPES, None) for choice in choices]]
    ).reshape(-1, len(choices))
    table[-1] -= table[:-1].sum(axis=0)
    told = np.array(
        [
            [count is not None for count in counts_of(report, code, choices)]
            for report in views.values()
        ]
        + [[False] * len(choices)]
    ) | (table == 0)
    unknown = sum(answers.get(code) is not None and "type" not in answers for answers in people)
    if unknown >= LEAST:
        table, told, axes = table[:-1], told[:-1], [1]
    else:
        axes = [0, 1]

    for place in np.argwhere((table > 0) & (table < LEAST)).tolist():
        unavoidable = follows(place, table, table == 0, axes)
        assert unavoidable or not follows(place, table, told, axes)


def counted(people, code, choice, *groups):
    """How many of these groups gave an answer, first if they ranked it."""
    answers = [each.get(code) for each in people if each.get("type") in groups]
    firsts = [answer[0] if isinstance(answer, list | tuple) else answer for answer in answers]
    return firsts.count(choice)


def counts_of(report, code, choices):
    figures = report.blocks[code].figures
    if "ranks" in figures:
        return [each["counts"][0] for each in figures["ranks"]]
    return [shares(report, code)[choice] for choice in choices]


@settings(max_examples=15)
@given(populations)
def test_two_groups_side_by_side_tell_what_each_does_alone(people):
    everybody = whole(people)
    for one, other in itertools.permutations(everybody.splits["type"].told, 2):
        alone = [view(everybody, f"type:{group}") for group in (one, other)]
        both = view(everybody, f"type:{one}", f"type:{other}")
        for code, block in both.blocks.items():
            if "groups" not in block.figures:
                continue
            for report, side in zip(alone, block.figures["groups"], strict=True):
                figures = {k: v for k, v in side.items() if k not in ("group", "label", "answered")}
                assert figures == report.blocks[code].figures


@settings(max_examples=25)
@given(populations)
def test_no_count_under_the_least_is_told_anywhere_in_a_view(people):
    everybody = whole(people)
    for split in everybody.splits.values():
        for group in split.filter.groups:
            data = report_data(
                view(everybody, f"{split.filter.code}:{group}"), RequestFactory().get("/")
            )
            told = [n for section in data["sections"] for n in counts(section)]
            assert all(n is None or n >= LEAST for n in told)
            assert all(n is None or n >= LEAST for n in data["respondents"].values())


def counts(data):
    """Every count of people in a part of the report's JSON."""
    if isinstance(data, list):
        for each in data:
            yield from counts(each)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key in ("count", "answered", "mentioned"):
                yield value
            elif key == "counts":
                yield from value
            else:
                yield from counts(value)


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
    queries = [selected(offered, {"groupe": f"type:{code}"}) for code in TYPES]
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
