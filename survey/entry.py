"""Entering for someone else: staff type in what was answered on paper or by phone."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from survey import events, filling
from survey.filling import ConsentNeeded, Consents
from survey.models import Questionnaire, Respondent

PERMISSION = "survey.add_respondent"
NOON = time(12)


@dataclass(frozen=True)
class Given:
    """What is known of a questionnaire before its answers. `mode`: paper or phone.

    `key`: that of the form which said so.
    """

    mode: str
    answered_on: date
    consents: Consents
    key: UUID = field(default_factory=uuid4)

    def is_of(self, person: Respondent) -> bool:
        """Whether this person was entered with the very same."""
        return (
            person.mode == self.mode
            and timezone.localdate(person.started_at) == self.answered_on
            and filling.agreed(self.consents).items() <= vars(person).items()
        )


class OtherPerson(Exception):
    """The form has begun an entry already, and now says something else."""

    def __init__(self, person: Respondent) -> None:
        super().__init__(f"It began #{person.number}.")
        self.person = person


def people() -> QuerySet[Respondent]:
    """Those whose answers staff type in; never those who answered on these pages themselves."""
    current = Respondent.objects.filter(questionnaire__code=settings.QUESTIONNAIRE)
    return current.exclude(mode=Respondent.Mode.WEB).select_related("questionnaire", "entered_by")


def start(questionnaire: Questionnaire, given: Given, *, by: AbstractBaseUser) -> Respondent:
    """A new respondent, open to whoever may enter; the same form sent twice begins one.

    Raise ConsentNeeded, OtherPerson.
    """
    if not given.consents.participate:
        raise ConsentNeeded
    try:
        with transaction.atomic():
            return _new(questionnaire, given, by)
    except IntegrityError:
        begun = people().filter(entry_key=given.key).first()
        if begun is None:
            raise
    if not given.is_of(begun):
        raise OtherPerson(begun)
    return begun


def _new(questionnaire: Questionnaire, given: Given, by: AbstractBaseUser) -> Respondent:
    number = next(filling.reserve_numbers(questionnaire, 1))
    # Nobody has the personal link yet: one is made when the person wants it.
    _, respondent = filling.new_respondent(questionnaire, number, given.consents)
    respondent.mode = given.mode
    respondent.entered_by = by
    respondent.entry_key = given.key
    respondent.started_at = _moment(given.answered_on)
    respondent.save()
    events.entered(respondent, by=by)
    return respondent


def _moment(day: date) -> datetime:
    """Now if it was today; of another day, whose hour nobody knows, noon."""
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, NOON))
