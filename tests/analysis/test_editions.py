"""Editions on the page and in the API: figures frozen for ever, listed, linked and cited."""

from datetime import timedelta

import pytest

from survey import coding
from survey.coding import NewChoice
from survey.models import Answer, Question
from tests.analysis.edition_report import (
    ADDRESSES,
    API,
    DAY,
    PAGE,
    ask,
    everything,
    freeze,
    published,
    rows,
)
from tests.factories import moderator, respondent


@pytest.fixture(autouse=True)
def _own_report(db, monkeypatch):
    ask(monkeypatch)


def test_an_edition_stays_the_same_whatever_the_data_become(client):
    published()
    freeze()
    before = everything(client)
    assert all(client.get(url).status_code == 200 for url in ADDRESSES)

    for _ in range(6):
        published({"duree": 10, "tiers_lieu": "oui", "freins": "Autre chose", "nom": "La Digue"})
    question = Question.objects.get(code="duree")
    question.title = "Durée d’une séance"
    question.save()
    question.questionnaire.restructured()

    assert client.get("/api/v1/report/").json()["respondents"]["total"] == 7
    assert everything(client) == before


def test_an_edition_counts_precisions_as_they_were_counted_then(client):
    person = published({"type": {"choice": "autre", "other": "Péniche"}})
    freeze()
    before = everything(client)

    text = Answer.objects.select_related("respondent__questionnaire", "question").get(
        respondent=person
    )
    new = NewChoice(Question.objects.get(code="type"), "Bateau")
    coding.code(text, new, by=moderator())

    assert client.get("/api/v1/report/blocks/type/").json()["shares"][2]["choice"] == "bateau"
    assert everything(client) == before


def test_an_edition_is_at_first_the_report_that_the_public_sees(client):
    published()
    live = client.get("/api/v1/report/").json()
    freeze()
    frozen = client.get(API).json()

    assert (live["edition"], frozen["edition"]) == (None, "2021-03-05")
    for section, same in zip(live["sections"], frozen["sections"], strict=True):
        for block, twin in zip(section["blocks"], same["blocks"], strict=True):
            for key in ("code", "title", "sentence", "base", "table"):
                assert twin[key] == block[key]
    assert rows(client) == [["Le Phare", "Association", "https://phare.example"]]
    page = client.get(PAGE).content.decode()
    assert "Le temps qui manque" in page
    assert 'id="duree"' in page
    assert client.get(frozen["sections"][0]["blocks"][1]["csv"]).status_code == 200
    assert client.get(frozen["sections"][0]["blocks"][1]["chart"]["svg"]).status_code == 200


def test_what_is_within_an_edition_links_to_the_edition(client):
    for n in range(11):
        published({"freins": f"Texte {n}", "nom": f"Lieu {n}", "duree": 5})
    freeze()

    page = client.get(PAGE).content.decode()

    for part in ("graphiques/duree.svg", "tableaux/duree.csv", "tableaux/type/1.csv"):
        assert f"{PAGE}{part}" in page
        assert f'"/resultats/{part}' not in page
    assert f"{PAGE}textes/freins/?page=2" in page
    assert f"{API}blocks/duree/" in page
    back = client.get(f"{PAGE}textes/freins/").content.decode()
    print(back)
    assert f'href="{PAGE}#freins"' in back
    texts = client.get(f"{API}blocks/freins/texts/").json()
    assert (texts["count"], f"{API}blocks/freins/texts/?page=2" in texts["next"]) == (11, True)


def test_an_edition_is_read_whole(client):
    published()
    freeze()

    for url in (PAGE, API, f"{PAGE}tableaux/duree.csv"):
        assert client.get(url, {"groupe": "equipe:seul"}).status_code == 404
    assert 'name="groupe"' not in client.get(PAGE).content.decode()


def test_there_is_nothing_at_other_dates(client):
    freeze()
    for day in ("2021-03-06", "2021-13-01", "demain"):
        assert client.get(f"/resultats/editions/{day}/").status_code == 404
        answer = client.get(f"/api/v1/editions/{day}/report/")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_an_edition_says_what_it_is_and_how_to_cite_it(client):
    published()
    freeze(title="Pour les rencontres", note="Relue <en> équipe")
    freeze(DAY + timedelta(days=7))

    page = client.get(PAGE).content.decode()

    address = f"http://testserver{PAGE}"
    assert f'<link rel="canonical" href="{address}">' in page
    assert "Édition du 5 mars 2021\u00a0: Pour les rencontres." in page
    assert "Relue &lt;en&gt; équipe" in page
    cited = f"Conumm, «\u00a0Le rapport\u00a0», édition du 5 mars 2021, {address}"
    assert cited in page
    assert '<a href="/resultats/">Lire le rapport d’aujourd’hui</a>' in page
    assert '<a href="/resultats/editions/2021-03-12/">12 mars 2021</a>' in page
    assert "Répondre au questionnaire" not in page


def test_the_live_page_links_editions_and_says_what_changed_since_the_last(client):
    published()
    freeze()
    freeze(DAY + timedelta(days=7))
    assert "Depuis l’édition du 12 mars 2021, rien n’a changé." in page_of_now(client)

    respondent({"duree": 10})

    page = page_of_now(client)
    assert "Depuis l’édition du 12 mars 2021\u00a0: 1 réponse de plus" in page
    assert 'href="/resultats/editions/2021-03-12/"' in page
    assert f'href="{PAGE}"' in page
    assert 'href="/resultats/editions.atom"' in page
    assert 'rel="canonical"' not in page


def page_of_now(client):
    return client.get("/resultats/").content.decode()


def test_every_edition_is_listed_with_what_changed_before_it(client):
    assert "Aucune édition pour l’instant." in client.get("/resultats/editions/").content.decode()
    assert client.get("/api/v1/editions/").json() == {"count": 0, "results": []}
    published()
    freeze()
    respondent({"duree": 10})
    freeze(DAY + timedelta(days=7), title="La seconde")

    newest, first = client.get("/api/v1/editions/").json()["results"]

    assert (newest["date"], newest["title"], newest["responses"]) == ("2021-03-12", "La seconde", 2)
    assert newest["progress"].startswith("Depuis l’édition du 5 mars 2021\u00a0: 1 réponse de plus")
    assert (first["responses"], first["progress"]) == (1, "")
    assert (first["page"], first["report"]) == (
        f"http://testserver{PAGE}",
        f"http://testserver{API}",
    )
    listed = client.get("/resultats/editions/").content.decode()
    assert "1 réponse de plus" in listed
    assert "disparaît de toutes les éditions" in listed


def test_an_unchanged_edition_is_answered_304(client):
    published()
    freeze()
    for url in ADDRESSES:
        answer = client.get(url)
        assert answer["Cache-Control"] == "public, no-cache"
        again = client.get(url, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304, url


def test_a_deleted_edition_is_gone_and_its_date_free(client):
    published()
    freeze().delete()
    assert client.get(PAGE).status_code == 404

    respondent({"duree": 10})
    freeze()
    assert client.get(API).json()["respondents"]["total"] == 2
