"""The only writer of events: consents that change, what is typed in for others, erasures."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from survey.models import Event, Respondent

CONSENTS = {
    "agreed_to_publish": "Publier ses textes",
    "agreed_to_name_structure": "Nommer sa structure",
}


def of(respondent: Respondent) -> QuerySet[Event]:
    return Event.objects.filter(questionnaire=respondent.questionnaire_id, number=respondent.number)


TYPED = (Event.What.ENTERED, Event.What.CORRECTED)


def entered(respondent: Respondent, *, by: AbstractBaseUser) -> None:
    """Write who began to type in what this person answered, and how they had answered."""
    _write(respondent, Event.What.ENTERED, detail=respondent.get_mode_display(), by=by)


def typed(respondent: Respondent, *, by: AbstractBaseUser) -> None:
    """Write who goes on typing in or corrects: once a day, not at each answer."""
    today = of(respondent).filter(what__in=TYPED, by=by, at__date=timezone.localdate())
    if not today.exists():
        _write(respondent, Event.What.CORRECTED, by=by)


def link_given(respondent: Respondent, *, by: AbstractBaseUser) -> None:
    _write(respondent, Event.What.LINK, by=by)


def consents_changed(
    respondent: Respondent, agreed: dict[str, bool], *, by: AbstractBaseUser | None = None
) -> None:
    """Write which of these consents differ from those that the respondent has now, if any."""
    changes = [
        f"{label}\u00a0: {_words(getattr(respondent, name))} → {_words(agreed[name])}"
        for name, label in CONSENTS.items()
        if getattr(respondent, name) != agreed[name]
    ]
    if changes:
        _write(respondent, Event.What.CONSENTS, detail=" · ".join(changes), by=by)


def withdrawn(respondent: Respondent, *, by: AbstractBaseUser | None) -> None:
    """Leave one line of this number in place of all others. `by`: staff, or the person."""
    of(respondent).delete()
    _write(respondent, Event.What.WITHDRAWN, by=by)


def _write(
    respondent: Respondent,
    what: Event.What,
    *,
    detail: str = "",
    by: AbstractBaseUser | None = None,
) -> None:
    Event.objects.create(
        questionnaire_id=respondent.questionnaire_id,
        number=respondent.number,
        what=what,
        detail=detail,
        by=by,
    )


def _words(agreed: bool) -> str:
    return "oui" if agreed else "non"
