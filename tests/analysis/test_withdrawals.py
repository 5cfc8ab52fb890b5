"""Words in editions: there as long as their authors publish them, and nowhere once they do not."""

import pytest

from survey import filling, moderation
from survey.filling import Consents
from tests.analysis.edition_report import (
    ADDRESSES,
    API,
    PAGE,
    ask,
    everything,
    everywhere,
    freeze,
    published,
    rows,
)
from tests.factories import moderator, respondent, text_of

WORDS = ("freins", "nom", "site")


@pytest.fixture(autouse=True)
def _own_report(db, monkeypatch):
    ask(monkeypatch)


def withdraw(person):
    filling.withdraw(person)


def take_back_the_consent(person):
    filling.change_consents(person, Consents(participate=True))


def rewrite(person):
    answers = {"freins": "Plus rien", "nom": "Le Port", "site": "https://port.example"}
    filling.save(person, 1, answers)
    for code in answers:
        moderation.approve(text_of(person, code), by=moderator())


def reject(person):
    for code in WORDS:
        moderation.reject(text_of(person, code), by=moderator())


def redact(person):
    for code in WORDS:
        moderation.redact(text_of(person, code), "[retiré]", by=moderator())


def hold(person):
    moderation.hold(person, by=moderator(), reason="doute")


@pytest.mark.parametrize("decide", [withdraw, take_back_the_consent, rewrite, reject, redact, hold])
def test_words_taken_back_are_gone_from_every_address(client, decide):
    person = published()
    published({"nom": "La Digue", "freins": "Un mur"})
    freeze()
    assert "Le temps qui manque" in everywhere(client)
    assert "Le Phare" in everywhere(client)

    decide(person)

    shown = everywhere(client)
    assert "Le temps qui manque" not in shown
    assert "Le Phare" not in shown
    assert "phare.example" not in shown
    for instead in ("Plus rien", "Le Port", "port.example", "[retiré]"):
        assert instead not in shown
    assert "Un mur" in shown
    assert rows(client) == [["La Digue", "", ""]]
    page = client.get(PAGE).content.decode()
    assert "1 texte retiré ou modifié depuis." in page
    assert "1 ligne retirée ou modifiée depuis." in page
    assert client.get(f"{API}blocks/freins/").json()["texts"]["gone"] == 1
    assert client.get(f"{API}blocks/freins/").json()["base"]["answered"] == 2


def test_words_given_back_as_they_were_are_there_again(client):
    person = published()
    freeze()
    hold(person)
    person.refresh_from_db()
    moderation.restore(person, by=moderator())

    assert "Le temps qui manque" in everywhere(client)
    assert "retiré" not in client.get(f"{PAGE}textes/freins/").content.decode()


def test_a_text_published_later_is_not_in_the_edition(client):
    late = respondent({"freins": "Lu plus tard", "nom": "Le Quai"})
    freeze()
    for code in ("freins", "nom"):
        moderation.approve(text_of(late, code), by=moderator())

    assert "Lu plus tard" not in everywhere(client)
    assert "Le Quai" not in everywhere(client)
    assert "Le Quai" in client.get("/resultats/").content.decode()


def test_a_cell_that_changed_is_left_out_of_its_row(client):
    person = published()
    freeze()
    filling.save(person, 1, {"type": "mairie"})
    assert rows(client) == [["Le Phare", "", "https://phare.example"]]

    moderation.reject(text_of(person, "site"), by=moderator())
    assert rows(client) == [["Le Phare", "", ""]]
    assert client.get(f"{API}blocks/type/").json()["details"][0]["gone"] == 1


def test_of_two_structures_of_one_name_the_other_stays(client):
    first = published({"nom": "Mairie", "type": "mairie"})
    published({"nom": "Mairie", "type": "autre"})
    freeze()
    assert rows(client) == [["Mairie", "Autre", ""], ["Mairie", "Mairie", ""]]

    filling.withdraw(first)

    assert rows(client) == [["Mairie", "Autre", ""]]


def test_a_newcomer_of_the_same_name_takes_nobodys_row(client):
    person = published()
    freeze()
    filling.withdraw(person)
    published()

    assert rows(client) == []
    assert "Le temps qui manque" not in client.get(PAGE).content.decode()


def test_what_is_kept_holds_nobodys_words(client):
    published()
    edition = freeze()

    kept = edition.document + edition.fingerprints
    for words in ("Le temps", "Le Phare", "phare.example"):
        assert words not in kept


def test_nothing_unapproved_moves_a_byte_of_an_edition(client):
    person = published()
    freeze()
    before = everything(client)

    filling.save(person, 1, {"freins": "SECRET un"})
    respondent({"freins": "SECRET deux", "nom": "SECRET trois"})
    after = everything(client)

    assert "SECRET" not in everywhere(client)
    changed = {url for url in before if before[url] != after[url]}
    with_texts = {url for url in ADDRESSES if "freins" in url}
    assert changed == with_texts | {PAGE, API, f"{PAGE}rapport.zip"}
