"""The report of a group and of two, as pages, API, charts and files show it."""

import io
import re
import zipfile

import pytest

from analysis import declarations
from survey import filling, moderation
from tests.analysis.populations import DECLARED
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

ASSOCIATIONS = "groupe=type:association"
BOTH = f"{ASSOCIATIONS}&compare=type:mairie"


@pytest.fixture(autouse=True)
def filtered_report(questionnaire, monkeypatch):
    monkeypatch.setattr(declarations, "read", lambda code: DECLARED)


@pytest.fixture
def people():
    """Twelve associations, of whom three tick a tablet; eight town halls, of whom none do."""
    for n in range(12):
        tools = ["ordinateur", "tablette"] if n < 3 else ["ordinateur"]
        respondent({"type": "association", "outils": tools, "tiers_lieu": "oui", "duree": 30})
    for _ in range(8):
        respondent({"type": "mairie", "outils": ["ordinateur"], "tiers_lieu": "non", "duree": 90})
    for _ in range(6):
        respondent({"outils": ["ordinateur", "tablette"]})


def page(client, query):
    return client.get(f"/resultats/?{query}").content.decode()


def block(client, code, query):
    return client.get(f"/api/v1/report/blocks/{code}/?{query}").json()


def test_the_bar_says_in_words_what_is_shown_with_one_link_back(client, people):
    content = page(client, ASSOCIATIONS)

    assert "Association\u00a0: 12 réponses</strong>" in content
    assert "<title>Association\u00a0: 12 réponses · Le rapport" in content
    assert content.count("Revenir à l’ensemble") == 1
    assert '<option value="type:association" selected>Association (12)</option>' in content
    assert '<option value="type:autre" disabled>Autre (trop peu de réponses)</option>' in content


def test_the_whole_report_offers_groups_and_then_what_they_may_be_compared_with(client, people):
    everybody, group = page(client, ""), page(client, ASSOCIATIONS)

    assert 'name="groupe"' in everybody
    assert 'name="compare"' not in everybody
    rivals = group.split('name="compare"')[1].split("</select>")[0]
    assert 'value="type:mairie"' in rivals
    assert "type:association" not in rivals
    assert "moral:" not in rivals


def test_two_groups_stand_side_by_side_with_both_bases(client, people):
    content = page(client, BOTH)
    shown = block(client, "tiers_lieu", BOTH)

    assert "Association\u00a0: 12 réponses · Mairie\u00a0: 8 réponses" in content
    assert [side["answered"] for side in shown["groups"]] == [12, 8]
    assert shown["table"]["rows"] == [
        ["Oui", 12, 1.0, None, None],
        ["Non", None, None, 8, 1.0],
        ["Réponses", 12, None, 8, None],
    ]
    svg = client.get(shown["chart"]["svg"]).content.decode()
    assert "#0b6068" in svg
    assert "#a8481c" in svg


def test_chance_is_told_from_what_it_cannot_explain(client, people):
    for _ in range(8):
        respondent({"type": "association", "humeur": "haute"})
        respondent({"type": "mairie", "humeur": "haute"})
        respondent({"type": "mairie", "humeur": "basse"})
        respondent({"humeur": "basse"})
    far = block(client, "duree", BOTH)["sentence"]

    assert far.endswith("Le hasard des réponses ne suffit pas à expliquer cet écart.")
    near = block(client, "outils", BOTH)["sentence"]
    assert near.startswith("La part de «\u00a0Ordinateur\u00a0» est la même dans les deux groupes")


def test_page_api_chart_and_file_are_of_the_same_group(client, people):
    shown = block(client, "outils", ASSOCIATIONS)

    counts = {each["choice"]: each["count"] for each in shown["shares"]}
    assert counts == {"ordinateur": 12, "tablette": None, "autre": None, "aucun": None}
    assert ASSOCIATIONS in shown["csv"]
    lines = client.get(shown["csv"]).content.decode("utf-8-sig").splitlines()
    assert lines == [
        "Réponse,Effectif,Part",
        "Ordinateur,12,1.0",
        "Tablette,,",
        "Autre,,",
        "Aucun,,",
    ]
    assert ASSOCIATIONS in shown["chart"]["svg"]
    assert shown["sentence"] in client.get(shown["chart"]["svg"]).content.decode()
    assert f'alt="{shown["sentence"]}"' in page(client, ASSOCIATIONS)
    section = client.get(f"/api/v1/report/sections/lieu/?{ASSOCIATIONS}").json()
    whole = client.get(f"/api/v1/report/?{ASSOCIATIONS}").json()
    assert shown in section["blocks"]
    assert section in whole["sections"]
    assert whole["selection"] == ["type:association"]
    assert whole["respondents"]["total"] == 12


def bytes_of(client, query):
    """Everything there is of a group."""
    urls = ["/resultats/", "/resultats/rapport.csv", "/resultats/rapport.zip", "/api/v1/report/"]
    urls.append("/api/v1/report/sections/lieu/")
    for code in ("outils", "duree", "tiers_lieu", "freins"):
        urls += [
            f"/resultats/tableaux/{code}.csv",
            f"/resultats/graphiques/{code}.svg",
            f"/resultats/graphiques/{code}-etroit.png",
            f"/resultats/integrer/{code}/",
            f"/resultats/textes/{code}/",
            f"/api/v1/report/blocks/{code}/",
            f"/api/v1/report/blocks/{code}/texts/",
        ]
    return {url: client.get(f"{url}?{query}").content for url in urls}


def without_dates(answers):
    """The answers, but for the day and hour of the report's last change."""
    package = zipfile.ZipFile(io.BytesIO(answers.pop("/resultats/rapport.zip")))
    held = {name: package.read(name) for name in package.namelist()}
    moment = rb'<time datetime.*?</time>|"(updated_at|created|version)": ?"[^"]*"'
    return {name: re.sub(moment, b"", content) for name, content in (answers | held).items()}


def test_no_byte_tells_three_people_from_nobody(client, people):
    before = bytes_of(client, ASSOCIATIONS)
    for n in (1, 2, 3):
        person = filling.Respondent.objects.get(number=n)
        filling.save(person, person.version, {"outils": ["ordinateur"]})

    after = bytes_of(client, ASSOCIATIONS)

    assert without_dates(after) == without_dates(before)


@pytest.mark.parametrize("query", [ASSOCIATIONS, BOTH, "groupe=type:autre"])
def test_nothing_unapproved_moves_a_byte_of_a_group(client, people, query):
    for _ in range(2):
        respondent({"type": "association", "freins": "un texte"}, NOTHING_PUBLIC)
    writer = respondent({"type": "association", "freins": "un texte"})
    held = respondent({"type": "association", "duree": 600})
    moderation.hold(held, by=moderator(), reason="doute")
    before = bytes_of(client, query)

    filling.save(writer, 1, {"freins": "SECRET"})
    filling.save(held, 1, {"duree": 1, "freins": "SECRET"})
    moderation.reject(text_of(writer, "freins"), by=moderator())

    assert bytes_of(client, query) == before


def test_texts_are_those_of_the_whole_report_alone(client, people):
    writer = respondent({"type": "association", "freins": "Le temps qui manque"})
    moderation.approve(text_of(writer, "freins"), by=moderator())

    sent_on = client.get(f"/resultats/textes/freins/?{ASSOCIATIONS}")
    assert (sent_on.status_code, sent_on.url) == (302, "/resultats/textes/freins/")
    for query in (ASSOCIATIONS, BOTH, "groupe=type:mairie"):
        texts = client.get(f"/api/v1/report/blocks/freins/texts/?{query}").json()
        assert (texts["count"], texts["results"]) == (0, [])
        assert "Le temps qui manque" not in page(client, query)
    assert "Le temps qui manque" in page(client, "")


@pytest.mark.parametrize("query", ["groupe=type:nulle", "groupe=nulle:x", "groupe=%00", BOTH + "x"])
def test_an_unknown_group_is_not_found_in_french_and_in_json(client, people, query):
    refused = client.get(f"/resultats/?{query}")
    assert refused.status_code == 404
    assert "Il n’y a pas de groupe" in refused.content.decode()

    for url in ("/api/v1/report/", "/api/v1/report/blocks/duree/", "/api/v1/report/sections/lieu/"):
        answer = client.get(f"{url}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert "groupe" in answer.json()["detail"]
    for url in ("/resultats/graphiques/duree.svg", "/resultats/tableaux/duree.csv"):
        assert client.get(f"{url}?{query}").status_code == 404


def test_groups_of_two_filters_are_not_compared(client, people):
    refused = client.get(f"/resultats/?{ASSOCIATIONS}&compare=moral:bonne")

    assert refused.status_code == 404
    assert "s’ils répondent à la même question" in refused.content.decode()


def test_a_group_too_small_is_said_to_be(client, people):
    for _ in range(4):
        respondent({"type": "autre", "duree": 600})

    content = page(client, "groupe=type:autre")

    assert "Autre\u00a0: trop peu de réponses" in content
    assert "compte trop peu de réponses" in content
    assert "600" not in content
    assert "<article" not in content
    assert client.get("/resultats/graphiques/duree.svg?groupe=type:autre").status_code == 404
    data = client.get("/api/v1/report/?groupe=type:autre").json()
    assert data["respondents"] == {"total": None, "complete": None, "partial": None}


def test_what_did_not_change_of_a_group_is_answered_304(client, people):
    for url in ("/resultats/", "/api/v1/report/", "/resultats/tableaux/outils.csv"):
        tag = client.get(f"{url}?{BOTH}")["ETag"]
        assert client.get(f"{url}?{BOTH}", headers={"If-None-Match": tag}).status_code == 304
