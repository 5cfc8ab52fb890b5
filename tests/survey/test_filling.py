import pytest
from django.utils import timezone

from survey import filling, responses
from survey.filling import Closed, Conflict, ConsentNeeded, Consents
from survey.models import Answer, Erasure, Respondent
from survey.responses import InvalidAnswers
from tests.factories import EVERYTHING, respondent, text_of

pytestmark = pytest.mark.django_db


def test_nobody_takes_part_without_agreeing_to(questionnaire):
    with pytest.raises(ConsentNeeded):
        filling.start(questionnaire, Consents(publish_texts=True))


def test_numbers_follow_each_other_and_are_never_given_twice(questionnaire):
    first, second = respondent(), respondent()
    filling.withdraw(second)

    assert (first.number, second.number, respondent().number) == (1, 2, 3)


def test_the_token_finds_its_respondent_and_is_not_stored(questionnaire):
    person, token = filling.start(questionnaire, EVERYTHING)

    assert filling.find(token) == person
    assert filling.find(token + "x") is None
    assert token not in str(Respondent.objects.values().get())
    assert len(token) >= 22


def test_only_the_named_answers_change(questionnaire):
    person = respondent({"type": "mairie", "tiers_lieu": "oui"})

    saved = filling.save(person, 1, {"type": "association"})

    assert saved.version == 2
    assert saved.changed == {"type"}
    answers = responses.answers_of(person)
    assert (answers["type"], answers["tiers_lieu"], answers["freins"]) == (
        "association",
        "oui",
        None,
    )


def test_every_kind_comes_back_as_it_was_given(questionnaire):
    given = {
        "nom": "Le Phare",
        "type": {"choice": "autre", "other": "une péniche"},
        "tiers_lieu": "oui",
        "forme": "de_fait",
        "outils": ["ordinateur", {"choice": "autre", "other": "un ampli"}],
        "publics": ["jeunes", "seniors"],
        "duree": 90.5,
        "humeur": "basse",
        "freins": "Le temps.\n\nEt l’argent.",
        "site": "https://phare.example",
    }

    assert responses.answers_of(respondent(given)) == given


def test_null_empties_an_answer(questionnaire):
    person = respondent({"freins": "Le temps", "outils": ["tablette"]})

    filling.save(person, 1, {"freins": None, "outils": None})

    assert responses.answers_of(person)["outils"] is None
    assert not Answer.objects.exists()


def test_one_wrong_answer_saves_nothing_and_says_what_is_wrong(questionnaire):
    person = respondent()

    with pytest.raises(InvalidAnswers) as raised:
        filling.save(person, 0, {"type": "mairie", "duree": 601, "nimporte": 1, "publics": ["x"]})

    assert set(raised.value.errors) == {"duree", "nimporte", "publics"}
    assert raised.value.errors["duree"] == ["Donnez un nombre entre 1 et 600."]
    assert not Answer.objects.exists()


def test_two_tabs_merge_answer_by_answer(questionnaire):
    person = respondent({"type": "mairie"})

    filling.save(person, 1, {"tiers_lieu": "oui"})
    filling.save(person, 1, {"duree": 60})

    answers = responses.answers_of(person)
    assert (answers["tiers_lieu"], answers["duree"]) == ("oui", 60)


def test_a_stale_change_of_the_same_answer_shows_both_and_saves_nothing(questionnaire):
    person = respondent({"freins": "un"})
    filling.save(person, 1, {"freins": "deux"})

    with pytest.raises(Conflict) as raised:
        filling.save(person, 1, {"freins": "trois", "duree": 30})

    assert raised.value.values == {"freins": {"yours": "trois", "saved": "deux"}}
    assert raised.value.version == 2
    assert responses.answers_of(person)["duree"] is None


def test_sending_again_what_is_saved_already_is_no_conflict_and_no_change(questionnaire):
    person = respondent({"freins": "un"})
    filling.save(person, 1, {"freins": "deux"})

    assert filling.save(person, 1, {"freins": "deux"}).version == 2


def test_a_version_that_does_not_exist_is_refused(questionnaire):
    with pytest.raises(InvalidAnswers):
        filling.save(respondent(), 7, {"duree": 30})


def test_a_text_that_changes_is_to_be_read_again_but_not_one_beside_it(questionnaire):
    person = respondent({"freins": "un", "outils": [{"choice": "autre", "other": "un ampli"}]})
    Answer.objects.update(verdict="approved")

    filling.save(
        person,
        1,
        {"freins": "deux", "outils": ["tablette", {"choice": "autre", "other": "un ampli"}]},
    )

    assert text_of(person, "freins").verdict == "pending"
    assert Answer.objects.get(text="un ampli").verdict == "approved"


def test_an_answer_no_longer_asked_is_kept_but_counts_as_not_asked(questionnaire):
    person = respondent({"tiers_lieu": "oui", "forme": "de_fait"})

    filling.save(person, 1, {"tiers_lieu": "non"})

    assert responses.answers_of(person)["forme"] == "de_fait"
    assert "forme" not in filling.progress(person).asked


def test_progress_counts_what_is_asked_and_answered(questionnaire):
    person = respondent({"tiers_lieu": "oui", "duree": 30})

    lieu, metier = filling.progress(person).sections

    assert (lieu.asked, lieu.answered) == (5, 1)
    assert (metier.asked, metier.answered) == (5, 1)
    assert filling.progress(person).minutes_left > 0


def test_completing_twice_is_once(questionnaire):
    person = respondent({"duree": 30})
    filling.complete(person)
    first = person.completed_at

    filling.complete(person)

    assert person.completed_at == first


def test_a_closed_questionnaire_takes_nothing_but_a_withdrawal(questionnaire):
    person = respondent({"duree": 30})
    questionnaire.closes_at = timezone.now()
    questionnaire.save()
    person.refresh_from_db()

    for refused in (
        lambda: filling.start(questionnaire, EVERYTHING),
        lambda: filling.save(person, 1, {"duree": 40}),
        lambda: filling.complete(person),
    ):
        with pytest.raises(Closed):
            refused()
    filling.withdraw(person)

    assert not Respondent.objects.exists()


def test_withdrawing_erases_all_but_the_number(questionnaire):
    person = respondent({"freins": "un secret"})
    filling.withdraw(person)

    assert not Answer.objects.exists()
    assert Erasure.objects.get().number == person.number
