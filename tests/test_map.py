"""The map of a block that declares one: its addresses, and what it tells of groups."""

from dataclasses import replace

import pytest

from analysis import declarations, live
from analysis.declarations import BlockSpec, Declaration, FilterSpec
from analysis.wording import Noun
from survey import filling
from survey.kinds.department import Department
from tests import factories
from tests.factories import respondent, spec

pytestmark = pytest.mark.django_db

ADDRESS = "/resultats/graphiques/departement-carte.svg"
ASSOCIATIONS = "groupe=type:association"


@pytest.fixture(autouse=True)
def with_departments(settings, monkeypatch):
    department = replace(spec("departement", "department"), choices=Department.own_choices)
    lieu = replace(factories.LIEU, questions=(*factories.LIEU.questions, department))
    factories.questionnaire(replace(factories.STRUCTURE, sections=(lieu, factories.METIER)))
    declared = Declaration(
        "test.yaml",
        "Le rapport",
        Noun("personne", "personnes", feminine=True),
        blocks={"departement": BlockSpec(map="departments")},
        filters={"type": FilterSpec()},
    )
    monkeypatch.setattr(declarations, "read", lambda code: declared)
    settings.MINIMUM_GROUP = 5


def answered(count, kind, department):
    for _ in range(count):
        respondent({"type": kind, "departement": department})


def block(client, query=""):
    return client.get(f"/api/v1/report/blocks/departement/?{query}").json()


def test_a_map_has_its_own_addresses_its_credit_and_the_sentence_as_its_text(client):
    answered(3, "mairie", "44")

    shown = block(client)
    page = client.get("/resultats/").content.decode()

    assert shown["map"]["alt"] == shown["sentence"]
    assert shown["map"]["credit"] in page
    assert shown["map"]["svg"].endswith(ADDRESS)
    assert ADDRESS in page
    assert client.get(shown["map"]["png"]).content.startswith(b"\x89PNG")
    svgs = [client.get(url).content for url in (ADDRESS, ADDRESS.replace(".svg", "-etroit.svg"))]
    assert b'width="720"' in svgs[0]
    assert b'width="360"' in svgs[1]


@pytest.mark.parametrize("name", ["duree-carte", "departement-carte-", "departement-carte-carte"])
def test_no_other_map_is_drawn(client, name):
    answered(1, "mairie", "44")

    assert client.get(f"/resultats/graphiques/{name}.svg").status_code == 404


def test_without_answers_there_is_no_map_on_the_page(client):
    assert "departement-carte" not in client.get("/resultats/").content.decode()


def test_in_a_group_a_hidden_department_looks_like_one_without_answers(client):
    for kind in ("association", "mairie"):
        answered(12, kind, "44")
        answered(2, kind, "85")
        answered(2, kind, "53")
    moving = respondent({"type": "association", "departement": "53"})
    group = f"{ADDRESS}?{ASSOCIATIONS}"
    before = client.get(group).content
    shown = live.view({"groupe": "type:association"}).blocks["departement"].map

    filling.save(moving, 1, {"departement": "85"})

    assert dict(shown.counts) == {"44": 12}
    assert client.get(group).content == before


def test_two_groups_are_compared_by_bars_alone(client):
    answered(8, "association", "44")
    answered(8, "mairie", "44")

    compared = f"{ASSOCIATIONS}&compare=type:mairie"

    assert "map" not in block(client, compared)
    assert client.get(f"{ADDRESS}?{compared}").status_code == 404
