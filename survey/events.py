"""The only writer of events: consents that a person changes, responses that are erased."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from survey.models import Event, Respondent

CONSENTS = {
    "agreed_to_publish": "Publier ses textes",
    "agreed_to_name_structure": "Nommer sa structure",
}


def of(respondent: Respondent) -> QuerySet[Event]:
    return Event.objects.filter(questionnaire=respondent.questionnaire_id, number=respondent.number)


def consents_changed(respondent: Respondent, agreed: dict[str, bool]) -> None:
    """Write which of these consents differ from those that the respondent has now, if any."""
    changes = [
        f"{label}\u00a0: {_words(getattr(respondent, name))} → {_words(agreed[name])}"
        for name, label in CONSENTS.items()
        if getattr(respondent, name) != agreed[name]
    ]
    if changes:
        _write(respondent, Event.What.CONSENTS, detail=" · ".join(changes))


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
