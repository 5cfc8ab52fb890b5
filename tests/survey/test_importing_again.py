"""Importing again, beside people who answer here, and taking back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey import coding, filling, moderation, publication, responses
from survey.importing import writing
from survey.importing.writing import NothingToUndo
from survey.models import Answer, Choice, Erasure, Event, Import, Replaced, Respondent
from tests import factories
from tests.factories import moderator
from tests.limesurvey import MAPPING, bring_in, problems, remarks, response, responses_file, try_out

pytestmark = pytest.mark.django_db

FILE = "reponses.csv"
TICKED = {"Q2[SQ001]": "Y"}


def imported(**cells):
    return responses_file(response(1, TICKED | cells), response(2, TICKED | {"Q6": "Le bruit"}))


def undo(questionnaire):
    writing.undo(writing.last_import(questionnaire))


def stored():
    """All that is stored of respondents and what they answered, but keys and moments of writing."""
    people = Respondent.objects.values_list("number", "started_at", "completed_at")
    answers = Answer.objects.order_by("respondent__number", "question", "choice", "rank")
    columns = ("respondent__number", "question", "choice", "rank", "number", "text", "verdict")
    return list(people), list(answers.values_list(*columns))


def test_an_import_is_counted_at_once(questionnaire):
    bring_in(imported())

    changes = publication.changes("conumm")
    assert [person.number for person in changes.people] == [1, 2]
    assert changes.revision == 1


def test_a_file_imported_again_changes_nothing_and_is_no_import(questionnaire):
    bring_in(imported(Q1="A1"))
    before = stored()

    again = bring_in(imported(Q1="A1"))

    assert (len(again.plan.new), len(again.plan.changes), again.plan.unchanged) == (0, 0, 2)
    assert stored() == before
    assert Import.objects.count() == 1


def test_a_file_imported_again_keeps_as_what_its_precisions_are_counted(questionnaire):
    file = {"Q1": "-oth-", "Q1[other]": "Péniche"}
    bring_in(imported(**file))
    text = factories.text_of(Respondent.objects.get(number=1), "type")
    coding.code(text, Choice.objects.get(question=text.question, code="mairie"), by=moderator())

    again = bring_in(imported(**file))

    assert again.plan.is_empty
    assert Answer.objects.get(pk=text.pk).coded_as.code == "mairie"


def test_the_same_numbers_are_updated_and_new_ones_added(questionnaire):
    bring_in(imported(Q1="A1", Q6="Le temps"))
    person = Respondent.objects.get(number=2)
    moderation.approve(factories.text_of(person, "freins"), by=moderator())

    again = bring_in(
        responses_file(
            response(1, TICKED | {"Q1": "A2", "Q6": "L’argent"}),
            response(2, TICKED | {"Q6": "Le bruit", "Q1": "A1"}),
            response(3, TICKED),
        )
    )

    assert again.summary == "1 réponse nouvelle et 2 réponses modifiées."
    first, second, _ = Respondent.objects.order_by("number")
    assert responses.answers_of(first)["type"] == "mairie"
    assert factories.text_of(first, "freins").verdict == "pending"
    assert factories.text_of(second, "freins").verdict == "approved"


def test_answers_to_questions_that_the_mapping_leaves_out_stay(questionnaire):
    bring_in(imported(Q6="Le temps"))
    shorter = MAPPING.replace("  freins: {column: Q6}\n", "") + "ignored: [Q6]\n"

    bring_in(imported(Q1="A2", Q6="Autre chose"), shorter)

    answers = responses.answers_of(Respondent.objects.get(number=1))
    assert (answers["type"], answers["freins"]) == ("mairie", "Le temps")


def test_consents_follow_the_file(questionnaire):
    bring_in(imported())

    bring_in(imported(), MAPPING.replace("publish_texts: true", "publish_texts: false"))

    assert not Respondent.objects.filter(agreed_to_publish=True).exists()


def logged():
    told = Event.objects.order_by("number", "what")
    return list(told.values_list("number", "what", "detail", "by__username", "by_import__file"))


def test_an_import_is_told_on_those_whose_consents_and_decided_texts_it_changes(questionnaire):
    bring_in(imported(Q6="Le temps"))
    person = Respondent.objects.get(number=1)
    moderation.approve(factories.text_of(person, "freins"), by=factories.moderator())
    fewer = MAPPING.replace("publish_texts: true", "publish_texts: false")

    bring_in(imported(Q6="L’argent"), fewer, by=factories.moderator())

    consents = "Publier ses textes\u00a0: oui → non"
    assert logged() == [
        (1, "consents", consents, "moderatrice", FILE),
        (1, "rewritten", "Freins\u00a0: «\u00a0publié\u00a0» avant", "moderatrice", FILE),
        (2, "consents", consents, "moderatrice", FILE),
    ]


def test_undoing_an_import_leaves_one_line_of_each_whom_it_erases(questionnaire):
    bring_in(imported())
    writing.undo(writing.last_import(questionnaire), by=factories.moderator())

    assert logged() == [
        (1, "withdrawn", "import annulé", "moderatrice", FILE),
        (2, "withdrawn", "import annulé", "moderatrice", FILE),
    ]


def test_an_import_logs_many_as_fast_as_few(questionnaire):
    def asked_to_take_off(numbers):
        given = responses_file(*(response(number, TICKED) for number in numbers))
        bring_in(given)
        fewer = MAPPING.replace("publish_texts: true", "publish_texts: false")
        with CaptureQueriesContext(connection) as changing:
            bring_in(given, fewer)
        with CaptureQueriesContext(connection) as undoing:
            undo(questionnaire)
        return len(changing), len(undoing)

    assert asked_to_take_off(range(1, 3)) == asked_to_take_off(range(3, 60))


def test_the_dry_run_tells_the_same_and_writes_nothing(questionnaire):
    trial = try_out(imported())

    assert trial.done is None
    assert trial.summary == "2 réponses nouvelles."
    assert not Respondent.objects.exists()
    questionnaire.refresh_from_db()
    assert questionnaire.last_number == 0


def test_whoever_starts_here_afterwards_has_a_number_of_their_own(questionnaire):
    bring_in(responses_file(response(40, TICKED)))

    assert factories.respondent().number == 41


def test_the_number_of_somebody_who_answered_here_is_never_taken(questionnaire):
    factories.respondent({"type": "mairie"})
    gone = factories.respondent({"type": "mairie"})
    filling.withdraw(gone)

    trial = bring_in(responses_file(*(response(n, TICKED) for n in (1, 2, 3))))

    assert problems(trial) == [
        "ce numéro est celui d’une personne qui a répondu ici : importez avant l’ouverture du "
        "questionnaire, ou changez les numéros dans le fichier. [#1, #2]"
    ]
    assert Respondent.objects.count() == 1


def test_numbers_that_an_import_jumped_over_may_come_later(questionnaire):
    bring_in(responses_file(response(5, TICKED)))

    trial = bring_in(responses_file(response(4, TICKED), response(5, TICKED)))

    assert problems(trial) == []
    assert [person.number for person in Respondent.objects.all()] == [4, 5]


def test_whoever_was_erased_since_is_not_brought_back(questionnaire):
    bring_in(imported())
    filling.withdraw(Respondent.objects.get(number=2))

    trial = bring_in(imported(Q1="A2"))

    assert remarks(trial) == ["effacé depuis un premier import : laissé de côté. [#2]"]
    assert [person.number for person in Respondent.objects.all()] == [1]


def test_whoever_no_longer_agrees_is_to_be_erased_first(questionnaire):
    bring_in(imported())
    refusing = MAPPING.replace("participate: true", 'participate: {column: "Q4"}')
    refusing = refusing.replace("  tiers_lieu: {column: Q4}\n", "")
    rows = (response(1, TICKED | {"Q4": "Y"}), response(2, TICKED | {"Q4": "N"}))

    trial = bring_in(responses_file(*rows), refusing)

    assert problems(trial) == [
        "importé avant, et n’accepte plus de participer : effacez d’abord ce répondant dans "
        "l’administration. [#2]"
    ]


def test_undoing_erases_whom_the_import_created_and_tells_every_reader(questionnaire):
    mine = factories.respondent({"type": "mairie"})
    bring_in(responses_file(response(5, TICKED | {"Q6": "Le bruit"})))
    seen = publication.changes("conumm").revision

    undo(questionnaire)

    assert list(Respondent.objects.all()) == [mine]
    assert set(Answer.objects.values_list("respondent", flat=True)) == {mine.pk}
    assert publication.changes("conumm", since=seen).numbers == {5}


def test_a_file_may_be_imported_again_after_undoing(questionnaire):
    bring_in(imported())
    before = stored()
    undo(questionnaire)

    trial = bring_in(imported())

    assert problems(trial) == []
    assert stored() == before


def test_undoing_gives_those_it_changed_what_they_had(questionnaire):
    bring_in(imported(Q1="A1", Q6="Le temps"))
    before = stored()
    bring_in(
        responses_file(
            response(1, {"Q2[SQ002]": "Y", "Q1": "A2"}, submitted=""), response(3, TICKED)
        )
    )

    undo(questionnaire)

    assert stored() == before


def test_imports_are_undone_one_after_the_other_from_the_last(questionnaire):
    bring_in(responses_file(response(1, TICKED)))
    bring_in(responses_file(response(2, TICKED)))

    undo(questionnaire)
    assert [person.number for person in Respondent.objects.all()] == [1]
    undo(questionnaire)
    assert not Respondent.objects.exists()
    with pytest.raises(NothingToUndo):
        undo(questionnaire)


def test_whoever_was_erased_before_an_import_was_undone_stays_erased(questionnaire):
    bring_in(imported())
    filling.withdraw(Respondent.objects.get(number=2))
    undo(questionnaire)

    trial = bring_in(imported())

    assert remarks(trial) == ["effacé depuis un premier import : laissé de côté. [#2]"]
    assert [person.number for person in Respondent.objects.all()] == [1]


def test_what_an_import_replaced_is_erased_with_its_respondent(questionnaire):
    bring_in(imported(Q6="Le temps"))
    bring_in(imported(Q6="L’argent"))
    assert Replaced.objects.count() == 1

    filling.withdraw(Respondent.objects.get(number=1))

    assert not Replaced.objects.exists()


def test_undoing_leaves_no_trace_of_whoever_was_never_public(questionnaire):
    bring_in(imported())
    moderation.hold(Respondent.objects.get(number=1), by=moderator(), reason="Essai")

    undo(questionnaire)

    assert set(Erasure.objects.values_list("number", flat=True)) == {2}
