"""Filling in: start, save answer by answer, complete, withdraw; what is asked, what is left."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from survey import coding, events, publication
from survey.events import Doer
from survey.kinds import kind_of
from survey.models import Questionnaire, Respondent
from survey.responses import (
    InvalidAnswers,
    Values,
    answers_of,
    asked,
    clean,
    digest,
    write,
)

STATE = (
    *("version", "updated_at", "answer_versions", "completed_at", "revision"),
    *("agreed_to_participate", "agreed_to_publish", "agreed_to_name_structure"),
)
"""What filling in changes; the questionnaire stays as it was read."""


class ConsentNeeded(Exception):
    """Nobody takes part without agreeing to."""


class Closed(Exception):
    """The questionnaire does not take answers now."""


Both = Mapping[str, Any]
"""An answer that changed elsewhere: `yours` and `saved`."""


class Conflict(Exception):
    """Nothing was saved: answers changed elsewhere since. `values`: both, by code."""

    def __init__(self, values: Mapping[str, Both], version: int) -> None:
        super().__init__(values)
        self.values = values
        self.version = version


@dataclass(frozen=True)
class Consents:
    participate: bool = False
    publish_texts: bool = False
    name_structure: bool = False


@dataclass(frozen=True)
class Saved:
    version: int
    saved_at: datetime
    changed: frozenset[str]


@dataclass(frozen=True)
class SectionProgress:
    code: str
    title: str
    asked: int
    answered: int

    @property
    def is_complete(self) -> bool:
        return self.answered == self.asked


@dataclass(frozen=True)
class Progress:
    sections: tuple[SectionProgress, ...]
    asked: frozenset[str]
    minutes_left: int

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def complete(self) -> int:
        """How many sections have nothing left to answer."""
        return sum(section.is_complete for section in self.sections)


def start(questionnaire: Questionnaire, consents: Consents) -> tuple[Respondent, str]:
    """Return a new respondent and the token of their personal link, known to nobody else."""
    if not consents.participate:
        raise ConsentNeeded
    _require_open(questionnaire)
    with transaction.atomic():
        number = next(reserve_numbers(questionnaire, 1))
        token, respondent = new_respondent(questionnaire, number, consents)
        respondent.save()
    return respondent, token


def new_respondent(
    questionnaire: Questionnaire, number: int, consents: Consents
) -> tuple[str, Respondent]:
    """Return a token and its respondent, yet to be stored."""
    token = secrets.token_urlsafe(24)
    return token, Respondent(
        questionnaire=questionnaire, number=number, token_hash=_hash(token), **agreed(consents)
    )


def reserve_numbers(questionnaire: Questionnaire, count: int) -> Iterator[int]:
    """Take the next numbers, for ever; call it in the transaction that uses them."""
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    first = locked.last_number + 1
    locked.last_number += count
    locked.save(update_fields=["last_number"])
    return iter(range(first, first + count))


def reserve_up_to(questionnaire: Questionnaire, number: int) -> tuple[int, int]:
    """Never give this number nor a smaller one; return the last one before and after.

    Call it in the transaction that uses them.
    """
    locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    before = locked.last_number
    locked.last_number = max(before, number)
    locked.save(update_fields=["last_number"])
    return before, locked.last_number


def find(token: str) -> Respondent | None:
    """The respondent whose personal link holds this token."""
    hashed = _hash(token.strip())
    return Respondent.objects.select_related("questionnaire").filter(token_hash=hashed).first()


def save(respondent: Respondent, version: int, answers: Values) -> Saved:
    """Save the named answers, all or none; those already so are no change.

    `version` is the one these answers started from: an answer that has changed since raises
    Conflict. Raises Closed, InvalidAnswers.
    """
    _require_open(respondent.questionnaire)
    cleaned = clean(respondent.questionnaire.structure, answers)
    with publication.recording(respondent) as locked:
        if version > locked.version:
            raise InvalidAnswers({"version": ["Cette version n’existe pas encore."]})
        saved, changes = _changes(locked, cleaned)
        versions = locked.answer_versions
        conflicts = _both(changes, saved, {c for c in changes if versions.get(c, 0) > version})
        if conflicts:
            raise Conflict(conflicts, locked.version)
        write({locked: changes})
    respondent.refresh_from_db(fields=STATE)
    return Saved(respondent.version, respondent.updated_at, frozenset(changes))


def save_shown(
    respondent: Respondent,
    shown: Mapping[str, str],
    answers: Values,
    *,
    by: AbstractBaseUser | None = None,
) -> Mapping[str, Both]:
    """Save the answers of a page but those that changed since it was shown, which are returned.

    `shown` are the digests of the answers that the page started from. `by`: who types them in for
    the person, if not the person. Raises Closed, InvalidAnswers.
    """
    _require_open(respondent.questionnaire, by)
    cleaned = clean(respondent.questionnaire.structure, answers)
    with publication.recording(respondent) as locked:
        saved, changes = _changes(locked, cleaned)
        stale = {code for code in changes if digest(saved[code]) != shown.get(code)}
        written = {code: value for code, value in changes.items() if code not in stale}
        write({locked: written}, Doer(by))
        if by and written:
            events.typed(locked, by=by)
    respondent.refresh_from_db(fields=STATE)
    return _both(changes, saved, stale)


def progress(respondent: Respondent) -> Progress:
    """What is asked of this person and what they answered, section by section."""
    structure = respondent.questionnaire.structure
    values = answers_of(respondent)
    codes = asked(structure, values)
    left = [q for code, q in structure.questions.items() if code in codes and values[code] is None]
    sections = tuple(
        SectionProgress(
            section.code,
            section.title,
            asked=sum(q.code in codes for q in section.questions),
            answered=sum(q.code in codes and values[q.code] is not None for q in section.questions),
        )
        for section in structure.sections
    )
    return Progress(sections, codes, minutes(left))


def minutes(questions: Iterable[Any]) -> int:
    """About how many minutes these questions take, one at least if there are any."""
    return -(-sum(kind_of(question).seconds for question in questions) // 60)


def complete(respondent: Respondent, *, by: AbstractBaseUser | None = None) -> None:
    """Mark as finished; twice is once. What is typed in later was finished when it was answered."""
    _require_open(respondent.questionnaire, by)
    with publication.recording(respondent) as locked:
        if locked.completed_at is None:
            locked.completed_at = locked.started_at if by else timezone.now()
            locked.save(update_fields=["completed_at"])
            events.completed(locked, by=by)
    respondent.refresh_from_db(fields=STATE)


def change_consents(
    respondent: Respondent, consents: Consents, *, by: AbstractBaseUser | None = None
) -> None:
    """Change what may be published, at any time, even after closing.

    `by`: who does it for the person, if not the person.
    """
    if not consents.participate:
        raise ConsentNeeded
    with publication.recording(respondent) as locked:
        events.consents_changed(locked, agreed(consents), by=by)
        for name, value in agreed(consents).items():
            setattr(locked, name, value)
        locked.save(update_fields=list(agreed(consents)))
    respondent.refresh_from_db(fields=STATE)


def new_link(respondent: Respondent, *, by: AbstractBaseUser) -> str:
    """Return the token of a new personal link, for staff to hand over; one given before is void."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Respondent.objects.filter(pk=respondent.pk).update(token_hash=_hash(token))
        events.link_given(respondent, by=by)
    return token


def withdraw(respondent: Respondent, *, by: AbstractBaseUser | None = None) -> None:
    """Erase this person and all they wrote, at any time, even after closing.

    `by`: who does it at the person's request, if not the person.
    """
    with publication.recording(respondent) as locked:
        locked.answers.all().delete()
        events.withdrawn(locked, by=by)
        locked.delete()
        coding.forget_unused(locked.questionnaire)


def _changes(respondent: Respondent, cleaned: Values) -> tuple[Values, dict[str, Any]]:
    """What is saved, and those of these answers that differ from it."""
    saved = answers_of(respondent)
    return saved, {code: value for code, value in cleaned.items() if value != saved[code]}


def _both(changes: Values, saved: Values, codes: Collection[str]) -> dict[str, Both]:
    return {code: {"yours": changes[code], "saved": saved[code]} for code in codes}


def takes_answers(questionnaire: Questionnaire, by: AbstractBaseUser | None = None) -> bool:
    """Whether answers are saved now: a person's while it is open; those that staff type in for
    someone always, for paper comes late.
    """
    return by is not None or questionnaire.is_open


def _require_open(questionnaire: Questionnaire, by: AbstractBaseUser | None = None) -> None:
    if not takes_answers(questionnaire, by):
        raise Closed


def agreed(consents: Consents) -> dict[str, bool]:
    """These consents as a respondent stores them."""
    return {
        "agreed_to_participate": consents.participate,
        "agreed_to_publish": consents.publish_texts,
        "agreed_to_name_structure": consents.name_structure,
    }


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
