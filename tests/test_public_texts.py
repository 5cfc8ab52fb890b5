"""Texts in public: under their groups, searched, linked to; never one that may not be read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analysis.declarations import BlockSpec, Declaration
from analysis.wording import Noun
from survey import filling, moderation
from survey.filling import Consents
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db

API = "/api/v1/report/blocks/freins/texts/"
PAGE = "/resultats/textes/freins/"


@pytest.fixture(autouse=True)
def grouped_report(questionnaire, monkeypatch):
    """The small report, with the texts on « freins » under the answers to « humeur »."""
    from analysis import declarations

    people = Noun("personne", "personnes", feminine=True)
    blocks = {"freins": BlockSpec(group_by="humeur")}
    declared = Declaration("test.yaml", "Le rapport", people, blocks=blocks)
    monkeypatch.setattr(declarations, "read", lambda code: declared)


def published(text, **answers):
    person = respondent({"freins": text} | answers)
    moderation.approve(text_of(person, "freins"), by=moderator())
    return person


def page(client, address=PAGE):
    return client.get(address).content.decode()


def results(client, query=""):
    return client.get(f"{API}{query}").json()["results"]


def test_texts_stand_under_their_authors_answers_in_the_order_of_the_question(client):
    published("gris", humeur="basse")
    published("muet")
    published("rose", humeur="haute")

    block = page(client, "/resultats/").partition('id="freins"')[2].partition("</article>")[0]
    headings = ["Haute", "Basse", "Sans réponse à «\u00a0Humeur\u00a0»"]
    for content in (block, page(client)):
        places = [content.index(word) for word in ("rose", "gris", "muet")]
        assert places == sorted(places)
        assert all(heading in content for heading in headings)
    assert 'Haute <span class="count">(1)</span>' in block
    assert "Moyenne" not in block
    assert client.get("/api/v1/report/blocks/freins/").json()["texts"]["groups"] == [
        {"group": "haute", "label": "Haute", "published": 1},
        {"group": "moyenne", "label": "Moyenne", "published": 0},
        {"group": "basse", "label": "Basse", "published": 1},
        {"group": "na", "label": "Sans réponse à «\u00a0Humeur\u00a0»", "published": 1},
    ]


def test_the_api_gives_the_group_of_each_text_and_keeps_one_of_them(client):
    published("gris", humeur="basse")
    published("muet")

    assert results(client) == [
        {"number": 1, "text": "gris", "counted_as": None, "group": "basse"},
        {"number": 2, "text": "muet", "counted_as": None, "group": None},
    ]
    assert [text["number"] for text in results(client, "?group=basse")] == [1]
    assert [text["number"] for text in results(client, "?group=na")] == [2]
    assert results(client, "?group=haute") == []
    unknown = client.get(f"{API}?group=verte")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    assert client.get(f"{PAGE}?reponse=verte").status_code == 404


def test_other_blocks_are_not_grouped(client):
    person = respondent({"site": "phare.example", "humeur": "haute"})
    moderation.approve(text_of(person, "site"), by=moderator())

    url = "/api/v1/report/blocks/site/texts/"
    assert client.get(url).json()["results"] == [
        {"number": 1, "text": "phare.example", "counted_as": None}
    ]
    assert client.get(f"{url}?group=haute").status_code == 404
    assert "Haute" not in page(client, "/resultats/textes/site/")


def test_texts_are_searched_whatever_case_and_accents(client):
    published("Les RÉSEAUX locaux", humeur="haute")
    published("le réseau national")
    published("rien de tel")

    assert [text["number"] for text in results(client, "?q=reseau")] == [1, 2]
    assert [text["number"] for text in results(client, "?q=locaux%20réseaux")] == [1]
    assert results(client, "?q=reseau&group=na") == [
        {"number": 2, "text": "le réseau national", "counted_as": None, "group": None}
    ]
    found = page(client, f"{PAGE}?q=reseau")
    assert "<mark>RÉSEAU</mark>X locaux" in found
    assert "2 textes sur 3 contiennent «\u00a0reseau\u00a0»" in found
    assert "rien de tel" not in found
    assert "1 texte sur 2 contient" in page(client, f"{PAGE}?q=reseau&reponse=na")
    assert "Aucun texte ne contient «\u00a0&lt;b&gt;\u00a0»" in page(client, f"{PAGE}?q=<b>")


def test_what_is_found_comes_ten_at_a_time(client):
    for n in range(12):
        published(f"mot {n}", humeur="haute" if n % 2 else "basse")

    first = client.get(f"{API}?q=mot").json()
    assert (first["count"], len(first["results"])) == (12, 10)
    assert [text["number"] for text in client.get(first["next"]).json()["results"]] == [11, 12]
    second = page(client, f"{PAGE}?q=mot&page=2")
    assert second.count("<blockquote>") == 2
    assert "?q=mot&amp;page=1" in second


def test_a_link_leads_to_one_text_wherever_it_stands(client):
    for n in range(35):
        published(f"texte {n}", humeur="haute")

    alone = page(client, f"{PAGE}32/")

    assert "texte 31</p>" in alone
    assert "Haute" in alone
    assert alone.count("<blockquote>") == 1
    assert f'href="{PAGE}32/"' in page(client, f"{PAGE}?page=4")


def test_a_text_that_may_not_be_read_has_no_page(client):
    pending = respondent({"freins": "SECRET"})
    shy = respondent({"freins": "SECRET"}, NOTHING_PUBLIC)
    read = published("lu")
    assert client.get(f"{PAGE}{read.number}/").status_code == 200
    filling.change_consents(read, Consents(participate=True))

    for number in (pending.number, shy.number, read.number, 99, 10**30):
        answer = client.get(f"{PAGE}{number}/")
        assert answer.status_code == 404
        assert b"SECRET" not in answer.content


def test_a_redacted_text_is_searched_and_shown_as_redacted(client):
    person = respondent({"freins": "Mme Untel, mon élue"})
    moderation.redact(text_of(person, "freins"), "[…], mon élue", by=moderator())

    assert results(client, "?q=untel") == []
    assert [text["text"] for text in results(client, "?q=elue")] == ["[…], mon élue"]
    for address in (PAGE, f"{PAGE}{person.number}/", f"{PAGE}?q=untel", "/resultats/"):
        assert "Mme Untel" not in page(client, address)


def test_nothing_unapproved_moves_a_byte_of_what_is_grouped_or_found(client):
    person = published("le temps", humeur="basse")
    waiting = respondent({"humeur": "haute", "freins": "autre"})
    addresses = [PAGE, f"{PAGE}?q=e", f"{PAGE}?reponse=haute", f"{PAGE}{person.number}/"]
    addresses += [API, f"{API}?q=e", f"{API}?group=haute"]
    before = [client.get(address).content for address in addresses]

    filling.save(waiting, 1, {"freins": "SECRET"})
    moderation.reject(text_of(waiting, "freins"), by=moderator())
    respondent({"humeur": "haute", "freins": "SECRET"}, NOTHING_PUBLIC)

    assert [client.get(address).content for address in addresses] == before


def test_a_page_of_texts_reads_no_more_texts_than_it_shows(client):
    for n in range(30):
        published(f"texte {n}", humeur="haute")
    client.get(PAGE)

    with CaptureQueriesContext(connection) as asked:
        client.get(f"{PAGE}?page=2")

    (query,) = [each["sql"] for each in asked if "public_text" in each["sql"]]
    assert "IN (11, 12, 13, 14, 15, 16, 17, 18, 19, 20)" in query
