"""What is public: its pages and API, whole and empty, and that nothing unapproved moves a byte."""

import json

import pytest

from analysis import live
from analysis.models import Commentary
from survey import filling, moderation
from survey.models import Answer, Respondent
from tests import factories
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

FULL = {
    "nom": "Le Phare",
    "type": {"choice": "autre", "other": "une péniche"},
    "tiers_lieu": "oui",
    "forme": "de_fait",
    "outils": ["ordinateur", {"choice": "autre", "other": "un ampli"}],
    "publics": ["jeunes", "seniors"],
    "duree": 90,
    "humeur": "basse",
    "freins": "Le temps qui manque",
    "site": "https://phare.example",
}


@pytest.fixture(autouse=True)
def own_report(questionnaire, settings, monkeypatch):
    """The report of the small questionnaire of these tests, with nothing special in it."""
    from analysis import declarations
    from analysis.wording import Noun
    from survey import pdf

    people = Noun("personne", "personnes", feminine=True)
    plain = declarations.Declaration("test.yaml", "Le rapport", people)
    monkeypatch.setattr(declarations, "read", lambda code: plain)
    # What a PDF says is what the page it is made of says; making one is tested on its own.
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "_made", lambda html, home, version: html.encode())


def block(client, code):
    return client.get(f"/api/v1/report/blocks/{code}/").json()


def public_bytes(client):
    codes = list(factories.STRUCTURE.questions)
    urls = ["/resultats/", "/api/v1/report/", "/api/v1/questionnaire/"]
    urls += [f"/resultats/rapport.{extension}" for extension in ("csv", "zip", "pdf")]
    for code in codes:
        urls += [
            f"/resultats/textes/{code}/",
            f"/resultats/textes/{code}/?q=e",
            f"/resultats/textes/{code}/1/",
            f"/resultats/textes/{code}/2/",
            f"/resultats/tableaux/{code}.csv",
            f"/resultats/graphiques/{code}.svg",
            f"/resultats/integrer/{code}/",
            f"/api/v1/report/blocks/{code}/",
            f"/api/v1/report/blocks/{code}/texts/",
            f"/api/v1/report/blocks/{code}/texts/?q=e",
        ]
    return {url: client.get(url).content for url in urls}


def test_each_kind_goes_its_whole_way(client):
    """Form and API are tested with filling; here row, frame, summary, sentence, chart, CSV."""
    person = respondent(FULL)
    for answer in Answer.objects.exclude(text=""):
        moderation.approve(answer, by=moderator())
    respondent({"type": "mairie", "duree": 30})

    expected = {
        "type": ("shares", "nominal"),
        "tiers_lieu": ("shares", "nominal"),
        "outils": ("shares", "multiple"),
        "publics": ("ranks", "ranking"),
        "duree": ("distribution", "numeric"),
        "humeur": ("shares", "ordinal"),
        "freins": ("texts", "text"),
        "site": ("texts", "text"),
        "nom": ("texts", "text"),
    }
    page = client.get("/resultats/").content.decode()
    for code, (figures, measure) in expected.items():
        shown = block(client, code)
        assert shown["measure"] == measure
        assert shown[figures]
        assert shown["sentence"]
        assert shown["base"]["answered"] >= 1
        assert f'id="{code}"' in page
        svg = client.get(shown["chart"]["svg"])
        assert svg["Content-Type"] == "image/svg+xml"
        assert client.get(shown["chart"]["png"]).content.startswith(b"\x89PNG")
        lines = client.get(shown["csv"]).content.decode("utf-8-sig").splitlines()
        assert len(lines) == len(shown["table"]["rows"]) + 1
    assert block(client, "duree")["distribution"]["median"] == 60
    assert block(client, "freins")["texts"]["published"] == 1
    assert block(client, "nom")["texts"]["published"] == 0
    texts = client.get("/api/v1/report/blocks/freins/texts/").json()
    said = {"number": person.number, "text": "Le temps qui manque", "counted_as": None}
    assert texts["results"] == [said]
    assert "Le Phare" not in page


def test_bases_add_up_and_unanswered_parents_leave_their_children_not_asked(client):
    respondent({"tiers_lieu": "oui", "forme": "de_fait"})
    respondent({"tiers_lieu": "oui"})
    respondent({"tiers_lieu": "non"})
    respondent({"duree": 10})
    respondent()

    report = client.get("/api/v1/report/").json()

    assert report["respondents"] == {"total": 4, "complete": 0, "partial": 4}
    assert block(client, "forme")["base"] == {
        "asked": 2,
        "answered": 1,
        "missing": 1,
        "not_asked": 2,
        "not_concerned": 0,
    }
    for section in report["sections"]:
        for each in section["blocks"]:
            base = each["base"]
            assert base["answered"] + base["missing"] + base["not_asked"] == 4


def test_a_dormant_answer_and_its_text_are_not_counted(client):
    person = respondent({"tiers_lieu": "oui", "forme": "de_fait"})
    filling.save(person, 1, {"tiers_lieu": "non"})

    assert block(client, "forme")["base"]["answered"] == 0
    assert block(client, "forme")["shares"][0]["share"] is None


def test_the_page_moves_with_the_next_answer(client):
    respondent({"duree": 10})
    assert block(client, "duree")["distribution"]["count"] == 1
    person = respondent({"duree": 20})
    assert block(client, "duree")["distribution"]["mean"] == 15
    filling.save(person, 1, {"duree": 30})
    assert block(client, "duree")["distribution"]["mean"] == 20
    filling.withdraw(person)
    assert block(client, "duree")["distribution"]["mean"] == 10


def test_nothing_unapproved_moves_a_public_byte(client):
    person = respondent(FULL)
    shy = respondent(FULL, NOTHING_PUBLIC)
    held = respondent({"duree": 600, "freins": "retenu"})
    moderation.hold(held, by=moderator(), reason="doute")
    before = public_bytes(client)

    filling.save(person, 1, {"freins": "SECRET un", "nom": "SECRET deux"})
    filling.save(shy, 1, {"freins": "SECRET trois", "site": "https://secret.example"})
    filling.save(held, 1, {"duree": 1, "freins": "SECRET quatre"})
    moderation.reject(text_of(person, "freins"), by=moderator())
    filling.start(person.questionnaire, NOTHING_PUBLIC)
    Commentary.objects.create(questionnaire="conumm", place="duree", body="SECRET cinq")

    after = public_bytes(client)
    assert after == before
    assert b"SECRET" not in b"".join(after.values())


def test_a_formula_is_disarmed_in_files(client):
    from analysis import csvfiles
    from analysis.tables import Table

    written = csvfiles.written(Table(("=1+1",), (("@cmd",), ("-3",), ("ok",), (-3,)))).decode()

    assert written.lstrip("\ufeff").splitlines() == ["'=1+1", "'@cmd", "'-3", "ok", "-3"]


def test_what_people_write_is_never_markup(client):
    person = respondent({"freins": "<script>alert(1)</script> & voir site.example"})
    moderation.approve(text_of(person, "freins"), by=moderator())

    page = client.get("/resultats/").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_empty_report_says_what_will_come(client):
    page = client.get("/resultats/").content.decode()

    assert "Aucune réponse pour l’instant." in page
    assert client.get("/api/v1/report/").json()["respondents"]["total"] == 0


def test_unknown_blocks_are_not_found(client):
    for url in ("/resultats/textes/x/", "/resultats/graphiques/x.svg", "/resultats/tableaux/x.csv"):
        assert client.get(url).status_code == 404
    answer = client.get("/api/v1/report/blocks/x/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert client.get("/resultats/graphiques/duree-4000.svg").status_code == 404


def test_what_did_not_change_is_answered_304(client):
    respondent({"duree": 10})
    for url in ("/resultats/", "/api/v1/report/", "/resultats/graphiques/duree.svg"):
        tag = client.get(url)["ETag"]
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_public_pages_set_no_cookie_and_load_nothing_from_elsewhere(client):
    for url in ("/resultats/", "/resultats/integrer/duree/", "/questionnaire/"):
        answer = client.get(url)
        page = answer.content.decode()
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert 'src="http' not in page
        assert "style=" not in page
    assert not client.get("/resultats/").cookies
    assert not client.get("/resultats/integrer/duree/").cookies


def test_texts_come_ten_at_a_time(client):
    for n in range(12):
        person = respondent({"freins": f"texte {n}"})
        moderation.approve(text_of(person, "freins"), by=moderator())

    first = client.get("/api/v1/report/blocks/freins/texts/").json()

    assert (first["count"], len(first["results"]), first["previous"]) == (12, 10, None)
    second = client.get(first["next"]).json()
    assert [item["number"] for item in second["results"]] == [11, 12]
    assert "page=2" in client.get("/resultats/").content.decode()
    assert json.dumps(second)


def test_how_people_answered_and_who_typed_it_in_is_told_nowhere(client):
    person = respondent(FULL)
    for answer in Answer.objects.exclude(text=""):
        moderation.approve(answer, by=moderator())
    before = public_bytes(client)

    Respondent.objects.filter(pk=person.pk).update(mode="paper", entered_by=moderator())
    live.forget()

    assert public_bytes(client) == before
