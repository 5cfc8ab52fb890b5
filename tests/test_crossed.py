"""A block crossed with another question: on its page, in the API, as files, and never in groups."""

import pytest

from analysis import declarations, frozen, live
from analysis.declarations import BlockSpec, Declaration, FilterSpec
from analysis.wording import Noun, Phrase
from survey import filling, moderation
from tests.factories import moderator, respondent

pytestmark = pytest.mark.django_db

PEOPLE = Noun("personne", "personnes", feminine=True)
CHART = "/resultats/graphiques/tiers_lieu-par-type"


@pytest.fixture(autouse=True)
def crossed_report(questionnaire, settings, monkeypatch):
    """Crossed with the type, for which no noun is declared."""
    settings.MINIMUM_GROUP = 5
    says = {"oui": Phrase("se dit tiers-lieu", "se disent tiers-lieux")}
    declaration = Declaration(
        "test.yaml",
        "Le rapport",
        PEOPLE,
        blocks={"tiers_lieu": BlockSpec(by="type", says=says), "humeur": BlockSpec(by="type")},
        filters={"type": FilterSpec()},
    )
    monkeypatch.setattr(declarations, "read", lambda code: declaration)


def people(kind, yes, no):
    for answer in ["oui"] * yes + ["non"] * no:
        respondent({"type": kind, "tiers_lieu": answer})


def block(client, code="tiers_lieu", query=""):
    return client.get(f"/api/v1/report/blocks/{code}/{query}").json()


def test_the_api_gives_each_group_with_its_base_and_the_sentence(client):
    people("association", yes=6, no=2)
    people("mairie", yes=0, no=5)

    crossed = block(client)["crossed"]

    assert (crossed["by"], crossed["title"]) == ("type", "Type")
    assert crossed["sentence"].replace("\u00a0", " ") == (
        "Les 6 réponses « Oui » viennent toutes du groupe « Association » (6 sur 8)."
    )
    first, second = crossed["groups"]
    assert (first["choice"], first["label"], first["base"]) == ("association", "Association", 8)
    assert [share["count"] for share in first["shares"]] == [6, 2]
    assert first["shares"][0]["share"] == 0.75
    assert (second["choice"], second["base"]) == ("mairie", 5)


def test_its_chart_has_an_address_of_its_own_at_both_widths(client):
    people("association", yes=6, no=2)

    assert block(client)["crossed"]["chart"]["svg"].endswith(f"{CHART}.svg")
    for name in (CHART, f"{CHART}-etroit"):
        answer = client.get(f"{name}.svg")
        assert answer["Content-Type"] == "image/svg+xml"
        assert "Toutes les réponses viennent" in answer.content.decode()
    assert client.get(f"{CHART}.png").content.startswith(b"\x89PNG")
    page = client.get("/resultats/").content.decode()
    assert f"{CHART}.svg?v=" in page
    assert "Toutes les réponses viennent du groupe" in page


def test_its_table_is_a_file(client):
    people("association", yes=6, no=2)

    shown = block(client)
    lines = client.get(shown["crossed"]["csv"]).content.decode("utf-8-sig").splitlines()

    assert lines == ["Groupe,Oui,Non,Réponses", "Association,6,2,8"]
    assert shown["details"][0]["csv"] == shown["crossed"]["csv"]


def test_a_small_group_moves_nothing_but_the_rest(client):
    people("association", yes=6, no=2)
    people("mairie", yes=3, no=4)
    people("autre", yes=1, no=1)
    respondent({"tiers_lieu": "oui"})

    shown = block(client)

    # Three outside would point at the two of another type: town halls stand with them.
    assert [group["label"] for group in shown["crossed"]["groups"]] == [
        "Association",
        "Autres groupes, ou sans réponse",
    ]
    assert [group["base"] for group in shown["crossed"]["groups"]] == [8, 10]
    assert shown["crossed"]["groups"][1]["choice"] is None
    for address in (CHART + ".svg", "/resultats/tableaux/tiers_lieu/1.csv"):
        assert b"Mairie" not in client.get(address).content


def test_nobody_s_share_is_none_and_too_few_have_no_chart(client):
    shown = block(client)
    assert shown["crossed"]["groups"] == []
    assert shown["crossed"]["sentence"] == "Aucune réponse pour l’instant."
    assert shown["crossed"]["chart"] is None
    assert client.get(f"{CHART}.svg").status_code == 404

    people("association", yes=2, no=2)

    shown = block(client)
    assert shown["crossed"]["sentence"].startswith("Aucun groupe ne compte assez de réponses")
    assert client.get(f"{CHART}.svg").status_code == 404
    assert client.get("/resultats/").status_code == 200


def test_a_group_has_no_crossing(client):
    people("association", yes=6, no=6)
    people("mairie", yes=6, no=6)

    for query in ("?groupe=type:mairie", "?groupe=type:mairie&compare=type:association"):
        shown = block(client, query=query)
        assert "crossed" not in shown
        assert shown["details"] == []
        assert client.get(f"{CHART}.svg{query}").status_code == 404


def test_a_scale_is_crossed_in_its_order(client):
    for mood in ["basse"] * 4 + ["haute"] * 2 + ["moyenne"] * 3:
        respondent({"type": "mairie", "humeur": mood})

    shares = block(client, "humeur")["crossed"]["groups"][0]["shares"]

    assert [share["label"] for share in shares] == ["Haute", "Moyenne", "Basse"]
    assert live.report().illustrations["humeur-par-type"].chart.series == tuple(
        share["label"] for share in shares
    )


def test_the_words_of_a_choice_are_in_the_sentence(client):
    people("association", yes=6, no=6)

    assert block(client)["sentence"].replace("\u202f", " ") == (
        "La moitié (50 %) des personnes se disent tiers-lieux (6 sur 12)."
    )


def test_an_edition_keeps_its_crossings(client):
    people("association", yes=6, no=2)
    now = live.report()

    kept = frozen.read(frozen.written(now))

    assert kept.illustrations["tiers_lieu-par-type"] == now.illustrations["tiers_lieu-par-type"]
    crossed, crossed_now = (r.blocks["tiers_lieu"].figures["crossed"] for r in (kept, now))
    assert crossed == crossed_now


def test_nobody_uncounted_moves_a_crossing(client):
    people("association", yes=6, no=2)
    held = respondent({"type": "association", "tiers_lieu": "oui"})
    moderation.hold(held, by=moderator(), reason="doute")
    urls = (f"{CHART}.svg", "/resultats/tableaux/tiers_lieu/1.csv", "/api/v1/report/")
    before = [client.get(url).content for url in urls]

    filling.save(held, 1, {"tiers_lieu": "non", "type": "mairie"})

    assert [client.get(url).content for url in urls] == before


def test_who_withdraws_leaves_the_crossing(client):
    people("association", yes=6, no=2)
    person = respondent({"type": "association", "tiers_lieu": "oui"})
    assert block(client)["crossed"]["groups"][0]["base"] == 9

    filling.withdraw(person)

    assert block(client)["crossed"]["groups"][0]["base"] == 8
