"""The only writer of events: what happens to responses, but for what moderators decide.

An event never keeps a word of what a person wrote: taking it back is their right.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from survey.french import quoted
from survey.models import Answer, Event, Import, Questionnaire, Respondent

CONSENTS = {
    "agreed_to_publish": "Publier ses textes",
    "agreed_to_name_structure": "Nommer sa structure",
}
UNDONE = "import annulé"


@dataclass(frozen=True)
class Doer:
    """Whoever changes responses: the person, if neither staff nor an import does."""

    by: AbstractBaseUser | None = None
    by_import: Import | None = None


THE_PERSON = Doer()


def of(respondent: Respondent) -> QuerySet[Event]:
    return Event.objects.filter(questionnaire=respondent.questionnaire_id, number=respondent.number)


TYPED = (Event.What.ENTERED, Event.What.CORRECTED)


def entered(respondent: Respondent, *, by: AbstractBaseUser) -> None:
    """Write who began to type in what this person answered, and how they had answered."""
    write([_event(respondent, Event.What.ENTERED, respondent.get_mode_display())], Doer(by))


def typed(respondent: Respondent, *, by: AbstractBaseUser) -> None:
    """Write who goes on typing in or corrects: once a day, not at each answer."""
    today = of(respondent).filter(what__in=TYPED, by=by, at__date=timezone.localdate())
    if not today.exists():
        write([_event(respondent, Event.What.CORRECTED)], Doer(by))


def link_given(respondent: Respondent, *, by: AbstractBaseUser) -> None:
    write([_event(respondent, Event.What.LINK)], Doer(by))


def consents_changed(
    respondent: Respondent, agreed: Mapping[str, Any], *, by: AbstractBaseUser | None = None
) -> None:
    """Write which of these consents differ from those that the respondent has now, if any."""
    write(consents(respondent, agreed), Doer(by))


def consents(respondent: Respondent, agreed: Mapping[str, Any]) -> list[Event]:
    """The same, yet to be written."""
    changes = [
        f"{label}\u00a0: {_words(getattr(respondent, name))} → {_words(agreed[name])}"
        for name, label in CONSENTS.items()
        if name in agreed and getattr(respondent, name) != agreed[name]
    ]
    if not changes:
        return []
    return [_event(respondent, Event.What.CONSENTS, " · ".join(changes))]


def completed(respondent: Respondent, *, by: AbstractBaseUser | None = None) -> None:
    write([_event(respondent, Event.What.COMPLETED)], Doer(by))


def texts_changed(gone: Iterable[Answer], new: Iterable[Answer]) -> list[Event]:
    """The verdicts and codes that fall with these texts, yet to be written.

    `new` says which of them other words replace.
    """
    replaced = {_place(answer) for answer in new if answer.text}
    return [
        _event(
            answer.respondent,
            Event.What.REWRITTEN if _place(answer) in replaced else Event.What.EMPTIED,
            f"{_title(answer)}\u00a0: {', '.join(decided)} avant",
        )
        for answer in gone
        if answer.text and (decided := _decided(answer))
    ]


def uncoded(texts: Iterable[Answer]) -> list[Event]:
    """The precisions that their author's other choices kept from counting as they did."""
    return [
        _event(text.respondent, Event.What.UNCODED, f"{_title(text)}\u00a0: {_coding(text)} avant")
        for text in texts
    ]


def withdrawn(respondent: Respondent, *, by: AbstractBaseUser | None) -> None:
    """Leave one line of this number in place of all others. `by`: staff, or the person."""
    withdrawn_each(respondent.questionnaire, [respondent.number], Doer(by))


def withdrawn_each(
    questionnaire: Questionnaire, numbers: Collection[int], doer: Doer, detail: str = ""
) -> None:
    """The same of some hundreds of numbers at once."""
    Event.objects.filter(questionnaire=questionnaire, number__in=numbers).delete()
    write(
        (
            Event(
                questionnaire=questionnaire,
                number=number,
                what=Event.What.WITHDRAWN,
                detail=detail,
            )
            for number in numbers
        ),
        doer,
    )


def write(events: Iterable[Event], doer: Doer = THE_PERSON) -> None:
    """Store these events, done by this one."""
    told = list(events)
    for event in told:
        event.by, event.by_import = doer.by, doer.by_import
    if told:
        Event.objects.bulk_create(told, batch_size=5000)


def _event(respondent: Respondent, what: Event.What, detail: str = "") -> Event:
    return Event(
        questionnaire_id=respondent.questionnaire_id,
        number=respondent.number,
        what=what,
        detail=detail,
    )


def _title(answer: Answer) -> str:
    return answer.question.title[:80]


def _decided(answer: Answer) -> list[str]:
    """What moderators had decided of a text."""
    decided: list[str] = []
    if answer.verdict != Answer.Verdict.PENDING:
        decided.append(quoted(answer.get_verdict_display()))
    if answer.coded_as_id:
        decided.append(_coding(answer))
    return decided


def _coding(text: Answer) -> str:
    # The name of a choice that was added may be the very words that the person takes back.
    if text.coded_as.added:
        return "compté avec un choix ajouté"
    return f"compté avec {quoted(text.coded_as.label[:60])}"


def _place(answer: Answer) -> tuple[int, int, int | None]:
    return answer.respondent_id, answer.question_id, answer.choice_id


def _words(agreed: bool) -> str:
    return "oui" if agreed else "non"
