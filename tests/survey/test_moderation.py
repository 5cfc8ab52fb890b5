import pytest

from survey import filling, moderation
from survey.models import Decision, Respondent
from survey.moderation import DecidedMeanwhile, ModerationError, TextChanged
from tests.factories import NOTHING_PUBLIC, moderator, respondent, text_of

pytestmark = pytest.mark.django_db


def test_every_verdict_is_logged_with_who_what_and_why(questionnaire):
    person = respondent({"freins": "un"})
    by = moderator()
    moderation.approve(text_of(person, "freins"), by=by)
    moderation.reject(text_of(person, "freins"), by=by, reason="nomme quelqu’un")
    moderation.exclude(person, by=by, reason="test")

    assert list(
        Decision.objects.order_by("pk").values_list("previous", "verdict", "reason", "by")
    ) == [
        ("pending", "approved", "", by.pk),
        ("approved", "rejected", "nomme quelqu’un", by.pk),
        ("counted", "excluded", "test", by.pk),
    ]


def test_the_same_verdict_twice_is_once(questionnaire):
    person = respondent({"freins": "un"})
    moderation.approve(text_of(person, "freins"), by=moderator())
    moderation.approve(text_of(person, "freins"), by=moderator())

    assert Decision.objects.count() == 1


def test_a_text_changed_since_it_was_read_is_not_approved(questionnaire):
    person = respondent({"freins": "un"})
    read = text_of(person, "freins")
    filling.save(person, 1, {"freins": "deux"})

    with pytest.raises(TextChanged):
        moderation.approve(read, by=moderator())

    assert text_of(person, "freins").verdict == "pending"


def test_the_second_of_two_moderators_learns_that_it_was_decided(questionnaire):
    person = respondent({"freins": "un"})
    read = text_of(person, "freins")
    moderation.reject(text_of(person, "freins"), by=moderator())

    with pytest.raises(TextChanged, match="gardé privé"):
        moderation.approve(read, by=moderator())


@pytest.mark.parametrize("public_text", ["", "  ", "un", "[…]", "[…], […] !", "« »\n— …"])
def test_a_redaction_must_leave_something_and_take_something(questionnaire, public_text):
    person = respondent({"freins": "un"})

    with pytest.raises(ModerationError):
        moderation.redact(text_of(person, "freins"), public_text, by=moderator())


def test_holding_and_excluding_want_a_reason(questionnaire):
    with pytest.raises(ModerationError):
        moderation.hold(respondent(), by=moderator(), reason=" ")


def test_one_refusal_undoes_none_of_the_others(questionnaire):
    texts = [
        text_of(respondent({"freins": "un"}), "freins"),
        text_of(respondent({"freins": "deux"}, NOTHING_PUBLIC), "freins"),
        text_of(respondent({"freins": "trois"}), "freins"),
    ]

    outcome = moderation.decide_each(texts, lambda a: moderation.approve(a, by=moderator()))

    assert outcome.decided == 2
    assert outcome.refused == ("#2 n’a pas accepté que ce texte soit publié.",)


def test_the_second_to_judge_a_respondent_learns_that_it_was_done(questionnaire):
    person = respondent({"freins": "un"})
    read = Respondent.objects.get(pk=person.pk)
    moderation.hold(person, by=moderator(), reason="doublon ?")

    with pytest.raises(DecidedMeanwhile, match="en attente"):
        moderation.exclude(read, by=moderator(), reason="test")

    assert Respondent.objects.get().verdict == Respondent.Verdict.HELD


def test_who_withdraws_during_a_bulk_decision_is_told_of_and_spares_nobody_else(questionnaire):
    gone, there = respondent({"freins": "Un"}), respondent({"freins": "Deux"})
    texts = list(moderation.texts())
    filling.withdraw(gone)

    outcome = moderation.decide_each(texts, lambda text: moderation.reject(text, by=moderator()))

    assert (outcome.decided, outcome.refused) == (1, ("#1 a effacé ses réponses entre-temps.",))
    assert there.answers.get().verdict == "rejected"
    people = moderation.decide_each(
        [gone], lambda p: moderation.exclude(p, by=moderator(), reason="x")
    )
    assert people.refused == ("#1 a effacé ses réponses entre-temps.",)
