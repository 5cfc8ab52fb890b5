"""Tables of structures in public: who agreed to be named, without their number."""

import re

import pytest

from analysis import listing
from analysis.declarations import BlockSpec, Declaration, StructureTable
from analysis.wording import Noun
from survey import filling, moderation
from survey.filling import Consents
from tests import factories
from tests.factories import NOTHING_PUBLIC, moderator, respondent, spec, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/resultats/tableaux/type/1/"
SITE = spec("contact", "url", consent="name_structure")
LIEU = factories.SectionSpec("lieu", "Le lieu", questions=(*factories.LIEU.questions, SITE))
STRUCTURE = factories.Structure("conumm", "Le métier", sections=(LIEU, factories.METIER))
TABLE = StructureTable(
    "Toutes les structures", ("nom", "type", "contact", "duree"), order=("duree descending",)
)


@pytest.fixture(autouse=True)
def report_with_a_table(db, monkeypatch):
    from analysis import declarations

    factories.questionnaire(STRUCTURE)
    people = Noun("personne", "personnes", feminine=True)
    blocks = {"type": BlockSpec(tables=(TABLE,))}
    declared = Declaration("test.yaml", "Le rapport", people, blocks=blocks)
    monkeypatch.setattr(declarations, "read", lambda code: declared)


def named(name, **answers):
    person = respondent({"nom": name} | answers)
    moderation.approve(text_of(person, "nom"), by=moderator())
    return person


def page(client, address=ADDRESS):
    return client.get(address).content.decode()


def rows(content):
    return re.findall(r'<th scope="row">(.*?)</th>', content)


def test_the_page_the_api_and_the_file_have_the_same_rows_in_the_declared_order(client):
    named("Zoé", duree=30)
    named("Abri", duree=120, type="mairie")
    named("Bac")

    detail = client.get("/api/v1/report/blocks/type/").json()["details"][0]
    lines = client.get("/resultats/tableaux/type/1.csv").content.decode("utf-8-sig").splitlines()

    assert detail["columns"] == ["Nom", "Type", "Contact", "Duree (minutes)"]
    assert detail["rows"] == [
        ["Abri", "Mairie", "", 120],
        ["Zoé", "", "", 30],
        ["Bac", "", "", None],
    ]
    assert lines[1:] == ["Abri,Mairie,,120", "Zoé,,,30", "Bac,,,"]
    assert rows(page(client)) == ["Abri", "Zoé", "Bac"]
    whole = page(client, "/resultats/")
    listed = [name for name in rows(whole) if name in ("Abri", "Bac", "Zoé")]
    assert listed == ["Abri", "Zoé", "Bac"]
    assert '<th scope="col" aria-sort="descending" data-numbers>Duree (minutes)</th>' in whole


def test_addresses_are_links_that_lead_nowhere_else(client):
    person = named("Abri", contact="abri.fr ou @abri_44, javascript:alert(1)")
    moderation.approve(text_of(person, "contact"), by=moderator())

    assert (
        '<td><a href="https://abri.fr" rel="nofollow noopener">abri.fr</a> ou @abri_44, '
        "javascript:alert(1)</td>"
    ) in page(client)


def test_a_long_table_shows_its_first_rows_and_the_others_page_by_page(client, monkeypatch):
    monkeypatch.setattr(listing, "ROWS_SHOWN", 2)
    for name in ("Abri", "Bac", "Cap"):
        named(name)

    report = page(client, "/resultats/")

    assert "Cap" not in report
    assert "(3)" in report
    assert f'data-whole="{ADDRESS}?page=toutes"' in report
    assert rows(page(client)) == ["Abri", "Bac"]
    assert rows(page(client, f"{ADDRESS}?page=2")) == ["Cap"]
    assert rows(page(client, f"{ADDRESS}?page=toutes")) == ["Abri", "Bac", "Cap"]
    assert "data-whole" not in page(client, f"{ADDRESS}?page=toutes")


def test_a_table_that_nobody_declared_has_no_page(client):
    named("Abri")

    assert client.get("/resultats/tableaux/type/2/").status_code == 404
    assert client.get("/resultats/tableaux/duree/1/").status_code == 404


def test_an_empty_table_says_what_will_come(client):
    assert "Personne pour l’instant" in page(client)


def test_who_takes_their_name_back_is_gone_and_nothing_unapproved_moves_a_byte(client):
    addresses = [ADDRESS, "/resultats/tableaux/type/1.csv", f"{ADDRESS}?page=toutes"]
    named("Abri", duree=120)
    before = [client.get(address).content for address in addresses]

    respondent({"nom": "SECRET", "type": "mairie", "duree": 600})
    respondent({"nom": "SECRET", "contact": "secret.fr"}, NOTHING_PUBLIC)
    known = named("Connue")
    filling.save(known, 1, {"contact": "secret.example"})
    filling.change_consents(known, Consents(participate=True, publish_texts=True))

    assert [client.get(address).content for address in addresses] == before


def test_no_number_stands_beside_a_structure(client):
    for _ in range(3):
        respondent({"duree": 1})
    person = named("Abri")

    assert person.number == 4
    for address in (ADDRESS, "/resultats/tableaux/type/1.csv"):
        table = page(client, address).partition("<tbody>")[2].partition("</tbody>")[0]
        assert "4" not in (table or page(client, address))
