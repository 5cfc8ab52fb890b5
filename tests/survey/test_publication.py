from datetime import UTC, datetime

import pytest

from survey import filling, moderation, named, publication
from survey.filling import Consents
from survey.models import Respondent
from survey.publication import PUBLISHED, WRITTEN
from tests.factories import NOTHING_PUBLIC, STRUCTURE, moderator, respondent, text_of

pytestmark = pytest.mark.django_db


def revision():
    return publication.revision("conumm")[1]


def cells(since=0):
    return {
        (cell.number, cell.question): cell for cell in publication.changes("conumm", since).cells
    }


def test_starting_is_not_public_but_the_first_answer_is(questionnaire):
    person = respondent()
    before = revision()
    filling.save(person, 0, {"duree": 30})

    assert before == 0
    assert revision() == 1
    assert [p.number for p in publication.changes("conumm").people] == [1]


def test_a_person_is_complete_from_a_day_that_is_never_before_the_first(questionnaire):
    person = respondent({"duree": 30})
    started = publication.changes("conumm").people[0].day
    before = revision()
    filling.complete(person)

    assert revision() == before + 1
    assert publication.changes("conumm").people[0].completed_on == started

    Respondent.objects.update(completed_at=datetime(1980, 1, 1, tzinfo=UTC))

    assert publication.changes("conumm").people[0].completed_on == started


def test_rewriting_a_text_that_nobody_may_read_changes_nothing_public(questionnaire):
    person = respondent({"freins": "un"})
    before = revision()
    filling.save(person, 1, {"freins": "deux"})

    assert revision() == before


def test_a_text_is_published_with_approval_and_consent_alone(questionnaire):
    consenting = respondent({"freins": "un"})
    respondent({"freins": "deux"})
    moderation.approve(text_of(consenting, "freins"), by=moderator())

    assert publication.texts("conumm", "freins") == [(1, "un", None)]
    assert cells()[1, "freins"].state == PUBLISHED
    assert cells()[2, "freins"].state == WRITTEN

    filling.change_consents(consenting, Consents(participate=True))

    assert publication.texts("conumm", "freins") == []
    assert cells()[1, "freins"].state == WRITTEN


def test_a_redacted_text_is_published_without_its_original(questionnaire):
    person = respondent({"freins": "Mme Untel, mon élue"})
    moderation.redact(text_of(person, "freins"), "[…], mon élue", by=moderator())

    assert publication.texts("conumm", "freins") == [(1, "[…], mon élue", None)]


def test_an_edited_text_is_no_longer_published(questionnaire):
    person = respondent({"freins": "un"})
    moderation.approve(text_of(person, "freins"), by=moderator())
    before = revision()

    filling.save(person, 1, {"freins": "deux"})

    assert publication.texts("conumm", "freins") == []
    assert revision() == before + 1


def test_held_and_excluded_respondents_are_nowhere(questionnaire):
    person = respondent({"freins": "un", "duree": 30, "nom": "Le Phare"})
    moderation.approve(text_of(person, "freins"), by=moderator())
    moderation.approve(text_of(person, "nom"), by=moderator())
    moderation.exclude(person, by=moderator(), reason="test")

    changes = publication.changes("conumm")
    assert changes.numbers == {1}
    assert list(changes.cells) == []
    assert changes.people == ()
    assert publication.texts("conumm", "freins") == []
    assert publication.structures(STRUCTURE, ["nom"]) == []

    moderation.restore(person, by=moderator())

    assert len(publication.changes("conumm").people) == 1


def test_changes_hold_only_what_came_after_and_who_is_gone(questionnaire):
    first, second = respondent({"duree": 30}), respondent({"duree": 40})
    before = revision()
    filling.withdraw(first)
    filling.save(second, 1, {"duree": 50})

    changes = publication.changes("conumm", before)

    assert changes.numbers == {1, 2}
    assert [(cell.number, cell.value) for cell in changes.cells] == [(2, 50.0)]


def test_structures_are_named_with_consent_and_approval_and_never_numbered(questionnaire):
    for name, kind in (("Zoé", "mairie"), ("Abri", "association"), ("Caché", "mairie")):
        person = respondent({"nom": name, "type": kind})
        if name != "Caché":
            moderation.approve(text_of(person, "nom"), by=moderator())
    silent = respondent({"nom": "Muet"}, NOTHING_PUBLIC)
    with pytest.raises(moderation.ConsentMissing):
        moderation.approve(text_of(silent, "nom"), by=moderator())

    rows = publication.structures(STRUCTURE, ["nom", "type", "site"])

    assert rows == [
        {"nom": "Abri", "type": "association", "site": None},
        {"nom": "Zoé", "type": "mairie", "site": None},
    ]


def test_texts_published_with_a_number_are_not_in_the_table_of_structures(questionnaire):
    """Read in both places, they would say whose structure it is."""
    person = respondent(
        {
            "nom": "Le Phare",
            "type": {"choice": "autre", "other": "péniche"},
            "freins": "Le temps",
        }
    )
    for code in ("nom", "type", "freins"):
        moderation.approve(text_of(person, code), by=moderator())

    assert publication.texts("conumm", "type") == [(1, "péniche", None)]
    assert publication.structures(STRUCTURE, ["nom", "type", "freins"]) == [
        {"nom": "Le Phare", "type": "autre", "freins": None}
    ]


def test_an_answer_that_is_no_longer_asked_is_not_in_the_table_of_structures(questionnaire):
    person = respondent({"nom": "Le Phare", "tiers_lieu": "oui", "forme": "de_fait"})
    moderation.approve(text_of(person, "nom"), by=moderator())
    asked = publication.structures(STRUCTURE, ["nom", "forme"])
    filling.save(person, 1, {"tiers_lieu": "non"})

    assert asked == [{"nom": "Le Phare", "forme": "de_fait"}]
    assert publication.structures(STRUCTURE, ["nom", "forme"]) == [
        {"nom": "Le Phare", "forme": None}
    ]


@pytest.mark.parametrize("listed_at_most", [0, 10])
def test_structures_may_be_those_of_some_numbers(questionnaire, monkeypatch, listed_at_most):
    monkeypatch.setattr(named, "LISTED_AT_MOST", listed_at_most)
    for name in ("Abri", "Bac"):
        person = respondent({"nom": name, "outils": ["tablette", "ordinateur"]})
        moderation.approve(text_of(person, "nom"), by=moderator())

    assert publication.structures(STRUCTURE, ["nom", "outils"], [2]) == [
        {"nom": "Bac", "outils": ["ordinateur", "tablette"]}
    ]
    assert publication.structures(STRUCTURE, ["nom"], []) == []


def test_the_name_of_a_structure_is_never_a_text_of_a_respondent(questionnaire):
    person = respondent({"nom": "Le Phare"})
    moderation.approve(text_of(person, "nom"), by=moderator())

    assert publication.texts("conumm", "nom") == []
    assert cells()[1, "nom"].state == WRITTEN
