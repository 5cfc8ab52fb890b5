"""What one moderator decided since they signed in, step after step: the last can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from survey.admin.moderating import count
from survey.models import Answer, Decision, TextToRead
from survey.models.moderation import DecisionQuerySet

KEY = "steps_decided"
REMEMBERED = 200
DONE = {
    Answer.Verdict.APPROVED: ("texte publié", "textes publiés"),
    Answer.Verdict.REDACTED: ("texte publié en partie", "textes publiés en partie"),
    Answer.Verdict.REJECTED: ("texte gardé privé", "textes gardés privés"),
    Answer.Verdict.PENDING: ("texte remis à lire", "textes remis à lire"),
    Decision.CODED: ("texte recodé", "textes recodés"),
}
"""What was decided of one and of several texts, by the verdict of the log."""


@dataclass(frozen=True)
class Step:
    """What was decided at once: the keys of the decisions and of their texts."""

    keys: dict[int, int]

    @property
    def decisions(self) -> DecisionQuerySet:
        return Decision.objects.filter(pk__in=self.keys).select_related("respondent", "choice")

    @property
    def texts(self) -> dict[int, TextToRead]:
        """The texts by the key of their decision, without those that were changed or erased."""
        found = TextToRead.objects.select_related(
            "respondent__questionnaire", "question__questionnaire", "choice"
        )
        there = found.in_bulk(set(self.keys.values()))
        return {key: there[text] for key, text in self.keys.items() if text in there}

    @property
    def is_coding(self) -> bool:
        """Whether it says as which choice its texts count, and not what may be read of them."""
        return self.decisions.codings().exists()

    def __str__(self) -> str:
        """« #2, publié », « 12 textes gardés privés »."""
        first, many = self.decisions.first(), self.decisions.count()
        if first is None:
            return ""
        if many > 1:
            return count(many, *DONE[first.verdict])
        return f"{first.respondent}, {first.verdict_label}"


def remember(session: SessionBase, decided: Iterable[tuple[TextToRead, Decision | None]]) -> None:
    """Keep what was just decided as one step; texts that stayed as they were have no decision."""
    step = [[decision.pk, text.pk] for text, decision in decided if decision]
    if step:
        session[KEY] = [*session.get(KEY, []), step][-REMEMBERED:]


def last(session: SessionBase) -> Step | None:
    """The last that was decided, not undone, and of which anything is left."""
    steps = (Step(dict(step)) for step in reversed(session.get(KEY, [])))
    return next((step for step in steps if step.decisions.exists()), None)


def forget(session: SessionBase, step: Step) -> None:
    """Let what was decided before this be the last."""
    steps = session.get(KEY, [])
    session[KEY] = steps[: [dict(each) for each in steps].index(step.keys)]
