"""The whole report as one tidy table: each line a figure, and nothing of what a group hides."""

from dataclasses import replace

import pytest

from analysis import tidy
from survey import filling
from survey.questionnaire import SectionSpec
from tests import factories
from tests.analysis import reporting
from tests.analysis.reporting import figures, twelve
from tests.factories import STRUCTURE, respondent, spec

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    reporting.declare(monkeypatch)


def told(line):
    """What a line says, without what is empty and where it stands."""
    place = ("section", "block", "title", "measure")
    return {name: value for name, value in line.items() if value and name not in place}


def of_block(found, code):
    return [told(line) for line in found if line["block"] == code]


def test_each_line_is_a_figure_with_its_statistic_and_its_base(client):
    respondent({"tiers_lieu": "oui", "duree": 10, "publics": ["jeunes", "seniors"]})
    respondent({"tiers_lieu": "oui", "duree": 20, "publics": ["jeunes"]})
    respondent({"tiers_lieu": "non", "forme": "de_fait"})
    respondent({"outils": ["tablette"]})

    found = figures(client)

    assert of_block(found, "tiers_lieu") == [
        {"statistic": "asked", "count": "4", "base": "3"},
        {"statistic": "answered", "count": "3", "base": "3"},
        {"statistic": "missing", "count": "1", "base": "3"},
        {"statistic": "not_asked", "count": "0", "base": "3"},
        {"statistic": "not_concerned", "count": "0", "base": "3"},
        {
            "choice": "oui",
            "label": "Oui",
            "statistic": "count",
            "count": "2",
            "share": "0.666667",
            "base": "3",
        },
        {
            "choice": "non",
            "label": "Non",
            "statistic": "count",
            "count": "1",
            "share": "0.333333",
            "base": "3",
        },
    ]
    median = {"statistic": "median", "value": "15.0", "unit": "minutes", "base": "2"}
    assert median in of_block(found, "duree")
    jeunes = [line for line in of_block(found, "publics") if line.get("choice") == "jeunes"]
    assert [(line["statistic"], line.get("rank"), line.get("count")) for line in jeunes] == [
        ("rank", "1", "2"),
        ("rank", "2", "0"),
        ("rank", "3", "0"),
        ("mentioned", None, "2"),
        ("mean_rank", None, None),
    ]
    assert jeunes[-1] == {
        "choice": "jeunes",
        "label": "Jeunes",
        "statistic": "mean_rank",
        "value": "1.0",
        "base": "2",
    }


def test_participation_says_who_finished(client, questionnaire):
    section = SectionSpec("participation", "Participation", questions=(spec("lieu", "yesno"),))
    factories.questionnaire(replace(STRUCTURE, sections=(section, *STRUCTURE.sections)))
    filling.complete(respondent({"duree": 10}))
    respondent({"duree": 10})

    assert of_block(figures(client), "participation")[5:7] == [
        {"statistic": "complete", "count": "1", "share": "0.5", "base": "2"},
        {"statistic": "partial", "count": "1", "share": "0.5", "base": "2"},
    ]


def test_no_two_lines_are_of_the_same_figure(client):
    twelve(oui=5)
    names = ("block", "group", "choice", "statistic", "rank", "lower", "day")

    for query in ("", "?groupe=tiers_lieu:oui&compare=tiers_lieu:non"):
        found = [tuple(line[name] for name in names) for line in figures(client, query)]
        assert len(found) == len(set(found)) > 30


def test_every_choice_of_the_api_has_the_same_count_in_the_file(client):
    twelve(oui=5)
    queries = ("", "?groupe=tiers_lieu:oui", "?groupe=tiers_lieu:oui&compare=tiers_lieu:non")

    for query in queries:
        found = {
            (line["block"], line["group"], line["choice"]): line["count"]
            for line in figures(client, query)
            if line["statistic"] == "count"
        }
        for section in client.get(f"/api/v1/report/{query}").json()["sections"]:
            for block in section["blocks"]:
                own = "tiers_lieu:oui" if query else ""
                for group in block.get("groups", [block | {"group": own}]):
                    for share in group.get("shares", ()):
                        count = "" if share["count"] is None else str(share["count"])
                        assert found[block["code"], group["group"], share["choice"]] == count


def test_a_count_that_a_group_hides_is_empty_like_nobody(client):
    twelve(oui=5)

    shares = of_block(figures(client, "?groupe=tiers_lieu:oui"), "type")

    hidden = {"group": "tiers_lieu:oui", "group_label": "Oui", "statistic": "count", "base": "5"}
    assert hidden | {"choice": "mairie", "label": "Mairie"} in shares
    assert hidden | {"choice": "autre", "label": "Autre"} in shares


def test_of_a_group_too_small_nothing_is_told(client):
    twelve(oui=2)

    for line in figures(client, "?groupe=tiers_lieu:oui"):
        assert (line["count"], line["share"], line["value"]) == ("", "", "")


def test_answers_by_those_to_another_question_are_lines_of_groups():
    shares = [{"choice": "oui", "label": "Oui", "count": 8, "share": 0.5}]
    groups = [{"choice": "mairie", "label": "Mairie", "base": 16, "shares": shares}]

    (line,) = tidy._crossed({"by": "type", "groups": groups})

    assert line == {
        "group": "type:mairie",
        "group_label": "Mairie",
        "choice": "oui",
        "label": "Oui",
        "statistic": "count",
        "count": 8,
        "share": 0.5,
        "base": 16,
    }
