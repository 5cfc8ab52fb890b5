"""What decisions on texts and on respondents share: why one is refused, who decided what."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

from django.contrib.auth.models import AbstractBaseUser

from survey import dates, publication
from survey.french import quoted
from survey.models import Answer, Decision, Respondent

User: TypeAlias = AbstractBaseUser


class ModerationError(Exception):
    """Why a decision could not be taken, in French; nothing was changed."""


class ConsentMissing(ModerationError):
    pass


class TextChanged(ModerationError):
    pass


class DecidedMeanwhile(ModerationError):
    pass


@dataclass(frozen=True)
class Outcome:
    """What a decision on several came to: how many were decided, which were not, and why."""

    decided: int
    refused: tuple[str, ...]
    left: tuple[Answer | Respondent, ...] = ()


@contextmanager
def recording(respondent: Respondent) -> Iterator[Respondent]:
    """`publication.recording`, refused where the person has erased everything meanwhile."""
    try:
        with publication.recording(respondent) as locked:
            yield locked
    except Respondent.DoesNotExist as error:
        raise ModerationError(f"{respondent} a effacé ses réponses entre-temps.") from error


def decide_each(items: Iterable[Answer | Respondent], decide: Callable[..., None]) -> Outcome:
    """Decide on each of these apart, so that one refusal undoes none of the others."""
    decided = 0
    refused: dict[Answer | Respondent, str] = {}
    for item in items:
        try:
            decide(item)
        except ModerationError as error:
            refused[item] = str(error)
        else:
            decided += 1
    return Outcome(decided, tuple(refused.values()), tuple(refused))


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()


def told(decision: Decision, reader: User) -> str:
    """« Camille Durand a décidé de ce texte de #12 le 3 mars 2026 à 10:02 : « publié ». »"""
    of = f"ce texte de {decision.respondent}" if decision.question_id else str(decision.respondent)
    who = "Vous avez" if decision.by_id == reader.pk else f"{name_of(decision.by)} a"
    when = f"le {dates.day(decision.at)} à {dates.clock(decision.at)}"
    why = f", motif\u00a0: {quoted(decision.reason)}" if decision.reason else ""
    is_coding = decision.verdict == Decision.CODED
    verdict = decision.verdict_label if is_coding else quoted(decision.verdict_label)
    return f"{who} décidé de {of} {when}\u00a0: {verdict}{why}."
