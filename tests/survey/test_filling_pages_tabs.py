"""One person, two tabs: what was saved in one is never overwritten by the other without a word."""

import pytest

from survey import filling
from tests.factories import EVERYTHING
from tests.pages import answers, shown, typed

pytestmark = pytest.mark.django_db

METIER = "/questionnaire/section/metier/"
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def person(questionnaire, client):
    respondent, token = filling.start(questionnaire, EVERYTHING)
    client.cookies["conumm_respondent"] = token
    return respondent


def test_answers_to_different_questions_are_merged(person, client):
    fields = shown(client.get(METIER))
    client.post(METIER, fields | {"freins": "un", "duree": "10"})

    merged = client.post(METIER, fields | {"humeur": "haute"})

    assert merged.status_code == 302
    assert answers(person) == {"freins": "un", "duree": 10, "humeur": "haute"}


def test_a_true_conflict_shows_both_and_keeps_what_was_saved(person, client):
    fields = shown(client.get(METIER))
    client.post(METIER, fields | {"freins": "un"})

    conflict = client.post(METIER, fields | {"freins": "deux"})

    assert conflict.status_code == 400
    assert "Elle est maintenant\u00a0: «\u00a0un\u00a0»" in conflict.content.decode()
    assert typed(conflict, "freins") == "deux"
    assert answers(person) == {"freins": "un"}


def test_a_conflict_is_settled_by_sending_again_or_by_keeping_the_saved_one(person, client):
    fields = shown(client.get(METIER))
    client.post(METIER, fields | {"freins": "un"})
    conflict = client.post(METIER, fields | {"freins": "deux"})

    client.post(METIER, shown(conflict) | {"freins": "deux", "keep__freins": "on"})
    assert answers(person) == {"freins": "un"}
    client.post(METIER, shown(conflict) | {"freins": "deux"})
    assert answers(person) == {"freins": "deux"}


def test_a_tab_that_saved_something_else_since_still_meets_the_conflict(person, client):
    first = shown(client.get(METIER))
    client.post(METIER, first | {"freins": "un"}, headers=FETCH)
    client.post(METIER, {"shown__duree": first["shown__duree"], "duree": "10"}, headers=FETCH)

    stale = {"shown__freins": first["shown__freins"], "freins": "deux"}
    answer = client.post(METIER, stale, headers=FETCH).json()

    assert answer["conflicts"] == {"freins": "un"}
    assert answers(person) == {"freins": "un", "duree": 10}


def test_a_page_shown_again_for_an_error_holds_what_another_tab_saved_meanwhile(person, client):
    fields = shown(client.get(METIER))
    client.post(METIER, fields | {"freins": "un"})

    wrong = client.post(METIER, fields | {"freins": "", "duree": "beaucoup"})

    assert typed(wrong, "duree") == "beaucoup"
    assert typed(wrong, "freins") == "un"
    client.post(METIER, shown(wrong) | {"freins": typed(wrong, "freins"), "duree": "10"})
    assert answers(person) == {"freins": "un", "duree": 10}


def test_the_same_answer_given_twice_is_no_conflict(person, client):
    fields = shown(client.get(METIER))
    client.post(METIER, fields | {"freins": "un"})

    assert client.post(METIER, fields | {"freins": "un"}).status_code == 302
