"""Nothing that is shown of small populations tells what is hidden of them."""

import itertools

import numpy as np
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import csvfiles, page
from analysis.payload import report_data
from tests.analysis.populations import LEAST, SEVERAL_TOOLS, shares, view, whole
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
