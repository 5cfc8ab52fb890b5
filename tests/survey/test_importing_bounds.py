"""Dates and numbers that no response has: each is refused where it stands."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from survey import filling
from survey.importing import mapping, writing
from survey.importing.mapping import MappingError
from survey.models import Import, Questionnaire, Respondent
from tests import exported, factories
from tests.factories import EVERYTHING, STRUCTURE, moderator
from tests.limesurvey import MAPPING, bring_in, problems, response, responses_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]

NEVER = "cette date est d’avant 1990, ou n’est pas encore venue. [{}]"


def with_fact(name, value):
    """An export of one person, with this in the place of one of their facts."""
    factories.respondent({"freins": "Le bruit"})
    data = json.loads(exported.exported())
    exported.emptied()
    data["respondents"][0][name] = value
    return json.dumps(data).encode()


def sent(name, value):
    return problems(exported.bring_in(with_fact(name, value), moderator()))


@pytest.mark.parametrize("moment", ["0001-01-01 00:00:00", "1989-12-31 23:59:59", "2099-01-01"])
def test_a_date_of_limesurvey_that_never_was_is_refused(moment):
    told = problems(bring_in(responses_file(response(1, submitted=moment))))

    assert told == [f"colonne « submitdate », « {moment} » : {NEVER.format('#1')}"]
    assert not Respondent.objects.exists()


@pytest.mark.parametrize(
    "moment",
    ["0001-01-01T00:00:00+12:00", "9999-12-31T23:59:00-12:00", "1980-01-01T00:00:00+00:00"],
)
def test_a_date_of_an_export_that_never_was_is_refused(moment):
    told = sent("started_at", moment)

    assert told == [f"colonne « started_at », « {moment} » : {NEVER.format('réponse n°1')}"]


def test_tomorrow_has_begun_elsewhere_and_the_day_after_has_not():
    now = timezone.now()

    assert sent("updated_at", (now + timedelta(hours=12)).isoformat()) == []
    exported.emptied()
    [told] = sent("updated_at", (now + timedelta(days=2)).isoformat())
    assert "n’est pas encore venue" in told


def test_an_end_before_its_beginning_is_refused():
    told = sent("completed_at", "2001-02-03T10:00:00+01:00")

    assert told == [
        "colonne « completed_at », « 2001-02-03T10:00:00+01:00 » : "
        "cette fin vient avant le début de la réponse. [réponse n°1]"
    ]


def test_a_day_that_never_was_is_no_day_for_undated_responses():
    with pytest.raises(MappingError, match="0001-01-01 est d’avant 1990"):
        mapping.read(MAPPING.replace("2021-01-15", "0001-01-01"), STRUCTURE)


@pytest.mark.parametrize("number", ["10000000", "2147483647", "9" * 5000])
def test_a_number_that_would_spoil_those_to_come_is_refused(number):
    [told] = problems(bring_in(responses_file(response(number))))

    assert told.endswith("un numéro de réponse va jusqu’à 9 999 999. [ligne 2]")
    [told] = sent("number", 2147483647)
    assert told.endswith("un numéro de réponse va jusqu’à 9 999 999. [réponse n°1]")


def undo(questionnaire):
    writing.undo(writing.last_import(questionnaire))


def test_undoing_gives_numbers_back_as_nobody_took_a_later_one(questionnaire):
    bring_in(responses_file(response(9_999_999)))
    undo(questionnaire)

    person, _ = filling.start(Questionnaire.objects.current(), EVERYTHING)

    assert person.number == 1
    assert (
        "celui d’une personne qui a répondu ici"
        in problems(bring_in(responses_file(response(1))))[0]
    )


def test_undoing_gives_no_number_back_after_somebody_came(questionnaire):
    bring_in(responses_file(response(40)))
    filling.start(Questionnaire.objects.current(), EVERYTHING)
    undo(questionnaire)

    person, _ = filling.start(Questionnaire.objects.current(), EVERYTHING)

    assert person.number == 42


def test_who_was_erased_before_the_undoing_keeps_their_number(questionnaire):
    bring_in(responses_file(response(1), response(2)))
    filling.withdraw(Respondent.objects.get(number=1))
    undo(questionnaire)

    person, _ = filling.start(Questionnaire.objects.current(), EVERYTHING)

    assert person.number == 2
    assert Import.objects.get().last_number_after == 1
