"""Nothing a person writes is lost, and « enregistré » is never said of what is not."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from survey import filling, responses
from survey.kinds import NOT_CONCERNED
from tests.factories import EVERYTHING
from tests.pages import answers, shown, typed

pytestmark = pytest.mark.django_db

LIEU, METIER = "/questionnaire/section/lieu/", "/questionnaire/section/metier/"
FETCH = {"X-Requested-With": "fetch"}
TOO_LONG = "x" * 20_001


@pytest.fixture
def person(questionnaire, client):
    respondent, token = filling.start(questionnaire, EVERYTHING)
    client.cookies["conumm_respondent"] = token
    return respondent


def send(client, url, **fields):
    return client.post(url, shown(client.get(url)) | fields)


def text(page):
    return unescape(page.content.decode())


def close(questionnaire):
    questionnaire.closes_at = timezone.now()
    questionnaire.save()


def test_a_precision_alone_means_autre(person, client):
    send(client, LIEU, type__other="une péniche", outils__other="un ampli")

    assert answers(person) == {
        "type": {"choice": "autre", "other": "une péniche"},
        "outils": [{"choice": "autre", "other": "un ampli"}],
    }


@pytest.mark.parametrize(
    ("code", "chosen"), [("type", "mairie"), ("type", ""), ("outils", ["tablette"])]
)
def test_a_precision_beside_other_choices_is_asked_about_and_kept(person, client, code, chosen):
    refused = send(client, LIEU, **{code: chosen, f"{code}__other": "une péniche"})

    assert refused.status_code == 400
    assert "choisissez «\u00a0Autre\u00a0» ou effacez la précision" in text(refused)
    assert typed(refused, f"{code}__other") == "une péniche"
    assert 'value="autre" checked' not in text(refused)
    assert answers(person) == {}


def test_autre_is_left_when_its_precision_is_not_sent_any_more(person, client):
    filling.save(
        person, 0, {"type": {"choice": "autre", "other": "x"}, "outils": ["autre", "tablette"]}
    )

    send(client, LIEU, type="", outils="aucun")

    assert answers(person) == {"outils": ["aucun"]}


def test_a_wrong_answer_to_what_is_not_asked_holds_nobody_up(person, client):
    left = send(client, LIEU, tiers_lieu="non", forme="nimporte", nom="Le Phare")

    assert left.url == METIER
    assert answers(person) == {"tiers_lieu": "non", "nom": "Le Phare"}
    held = send(client, LIEU, tiers_lieu="oui", forme="nimporte", nom="Le Phare")
    assert held.status_code == 400
    by_script = client.post(
        LIEU, shown(held) | {"tiers_lieu": "non", "forme": "nimporte"}, headers=FETCH
    ).json()
    assert set(by_script["errors"]) == {"forme"}
    assert set(by_script["asked"]) == {"nom", "type", "tiers_lieu", "outils"}


def test_a_conflict_over_what_is_not_asked_holds_nobody_up_and_overwrites_nothing(person, client):
    filling.save(person, 0, {"tiers_lieu": "oui"})
    first = shown(client.get(LIEU))
    filling.save(person, 1, {"forme": "labellise"})

    left = client.post(LIEU, first | {"tiers_lieu": "non", "forme": "de_fait"})

    assert left.url == METIER
    assert answers(person) == {"tiers_lieu": "non", "forme": "labellise"}
    again = client.post(LIEU, first | {"tiers_lieu": "non", "forme": "de_fait", "nom": TOO_LONG})
    assert shown(again)["shown__forme"] == first["shown__forme"]


def test_a_script_is_told_of_a_page_that_holds_an_older_answer(person, client):
    filling.save(person, 0, {"freins": "un"})
    first = {"shown__freins": responses.digest("un"), "freins": "un"}
    filling.save(person, 1, {"freins": "deux"})

    answer = client.post(METIER, first, headers=FETCH).json()

    assert answer["conflicts"] == {"freins": "deux"}
    assert answer["shown"] == {"freins": responses.digest("deux")}
    assert answers(person) == {"freins": "deux"}


def test_every_answer_to_review_is_named_and_the_first_has_the_focus(person, client):
    page = send(
        client, METIER, duree="beaucoup", publics__seniors="1", publics__jeunes="1", freins=TOO_LONG
    )

    assert "3 réponses sont à revoir" in text(page)
    links = re.findall(r'<a href="#question-(\w+)">([^<]*)</a>', text(page))
    assert links == [("publics", "publics ?"), ("duree", "duree ?"), ("freins", "freins ?")]
    focused = re.findall(r'name="(\w+)"[^>]* autofocus>', text(page))
    assert focused == ["publics__seniors"]
    assert 'aria-invalid="true" aria-describedby="erreur-duree"' in text(page)


def test_one_answer_to_review_is_named_in_the_singular(person, client):
    assert "Une réponse est à revoir." in text(send(client, METIER, duree="beaucoup"))


def test_a_closed_page_is_read_only_and_shows_what_came_too_late(person, client, questionnaire):
    filling.save(person, 0, {"freins": "à temps", "humeur": "basse"})
    fields = shown(client.get(METIER))
    close(questionnaire)

    page = client.post(METIER, fields | {"freins": "trop tard", "humeur": "basse", "duree": "9"})

    assert page.status_code == 403
    assert typed(page, "freins") == "trop tard"
    assert text(page).count("<p>Pas enregistré\u00a0:") == 2 + 1  # And the script's own.
    assert "Copiez-le" in text(page)
    assert not re.search(r'<(input type="text"|textarea) name(?![^>]*readonly)', text(page))
    assert not re.search(r'<(input type="(radio|checkbox)"|select)(?![^>]*disabled)', text(page))
    assert "Continuer" not in text(page)
    assert answers(person) == {"freins": "à temps", "humeur": "basse"}


def test_thanks_say_how_many_answers_are_saved(person, client):
    assert "Aucune réponse n’est enregistrée" in text(client.get("/questionnaire/merci/"))
    filling.save(person, 0, {"duree": 30})
    assert "Votre réponse est enregistrée" in text(client.get("/questionnaire/merci/"))
    filling.save(person, 1, {"freins": NOT_CONCERNED, "tiers_lieu": "non"})
    assert "Vos 3 réponses sont enregistrées" in text(client.get("/questionnaire/merci/"))


def test_an_old_form_gives_back_what_was_typed_even_if_it_was_wrong(questionnaire):
    strict = Client(enforce_csrf_checks=True)
    lieu = {"type": "mairie", "type__other": "une péniche", "nom": "", "outils": ["tablette"]}
    metier = {"publics__seniors": "1", "publics__jeunes": "1", "duree": "0", "site": "  "}

    page = text(strict.post(LIEU, lieu))
    assert "<dt>type ?</dt><dd>Mairie\u202f; une péniche</dd>" in page
    assert "<dt>outils ?</dt><dd>Tablette</dd>" in page
    assert page.count("<dt>") == 2
    page = text(strict.post(METIER, metier | {"freins": "Tout", "not_concerned__freins": "on"}))
    assert "<dd>n°1 Seniors\u202f; n°1 Jeunes</dd>" in page
    assert "<dt>duree ?</dt><dd>0</dd>" in page
    assert "<dd>Tout\u202f; Cette question ne me concerne pas</dd>" in page
    assert page.count("<dt>") == 3
    carried = metier | {"carried_section": "metier", "code": "x"}
    assert "n°1 Jeunes" in text(strict.post("/questionnaire/reprendre/", carried))


@pytest.mark.parametrize("much", ["9" * 20, "-" + "9" * 20, "1e400", "0,5", "601"])
def test_a_number_out_of_bounds_is_told_the_bounds(person, client, much):
    assert "Donnez un nombre entre 1 et 600." in text(send(client, METIER, duree=much))


def test_the_header_says_how_many_sections_are_filled_in(person, client):
    filling.save(person, 0, dict.fromkeys(("nom", "type", "tiers_lieu", "outils"), NOT_CONCERNED))

    page = text(client.get(METIER))

    assert "Partie 2 sur 2" in page
    assert "1 remplie<" in page
    assert '<progress data-part="lieu" max="4" value="4">' in page
    saved = client.post(METIER, {"shown__duree": "x", "duree": ""}, headers=FETCH).json()
    assert (saved["complete"], saved["parts"]) == (1, {"lieu": [4, 4], "metier": [0, 5]})


def test_a_closed_introduction_does_not_speak_of_going_on(client, questionnaire):
    assert "jusqu’à la clôture" in text(client.get("/questionnaire/"))
    close(questionnaire)
    assert "jusqu’à la clôture" not in text(client.get("/questionnaire/"))


def test_a_page_says_when_its_answers_were_saved(person, client):
    assert 'data-saved=""' in text(client.get(METIER))
    filling.save(person, 0, {"duree": 30})
    assert 'data-saved="enregistré à ' in text(client.get(METIER))
    type(person).objects.update(updated_at="2021-03-05T13:32:00Z")
    assert 'data-saved="enregistré le 5 mars 2021 à 14:32"' in text(client.get(METIER))
