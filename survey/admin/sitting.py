"""What one moderator decided since they signed in, text after text: the last can be undone."""

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from survey import moderation
from survey.models import Decision, TextToRead

KEY = "texts_decided"
REMEMBERED = 200


@dataclass(frozen=True)
class Decided:
    """A decision and its text; None if its author has changed or erased it since."""

    decision: Decision
    text: TextToRead | None


def remember(
    session: SessionBase, text: TextToRead, *, seen: int | None, by: moderation.User
) -> None:
    """Keep the decision that was just taken on this text, after the one that was `seen`."""
    last = moderation.last_decision(text)
    if last is None or last.pk == seen or last.by_id != by.pk:
        return
    decided = session.get(KEY, [])
    if [text.pk, last.pk] not in decided:
        session[KEY] = [*decided, [text.pk, last.pk]][-REMEMBERED:]


def last(session: SessionBase) -> Decided | None:
    """The last that was decided, not undone, and of which anything is left."""
    for text, key in reversed(session.get(KEY, [])):
        decision = Decision.objects.select_related("respondent").filter(pk=key).first()
        if decision:
            found = TextToRead.objects.filter(pk=text)
            found = found.select_related("respondent__questionnaire", "question", "choice")
            return Decided(decision, found.first())
    return None


def forget(session: SessionBase, decided: Decided) -> None:
    """Let what was decided before this be the last."""
    keys = [key for _, key in session.get(KEY, [])]
    session[KEY] = session.get(KEY, [])[: keys.index(decided.decision.pk)]
