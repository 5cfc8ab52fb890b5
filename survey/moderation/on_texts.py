"""Decisions on texts: published, published in part, kept private, to be read again."""

from copy import copy

from django.db.models import Q, QuerySet

from survey.kinds.base import clean_text
from survey.models import Answer, Decision
from survey.moderation.deciding import (
    ConsentMissing,
    ModerationError,
    TextChanged,
    User,
    recording,
    told,
)

UNDONE = "Décision annulée aussitôt."


def texts() -> QuerySet[Answer]:
    """Every text that somebody wrote, with what a moderator needs to judge it."""
    written = Answer.objects.filter(~Q(text=""))
    return written.select_related("respondent", "question", "choice")


def approve(answer: Answer, *, by: User) -> Decision | None:
    """Let this text out, as its author wrote it.

    As all that decide on a text: return what was decided, None if it was so already.
    """
    _require_consent(answer)
    return _decide(answer, Answer.Verdict.APPROVED, by=by)


def redact(answer: Answer, public_text: str, *, by: User, reason: str = "") -> Decision | None:
    """Let `public_text` out in place of what the author wrote, which stays untouched."""
    _require_consent(answer)
    public_text = clean_text(public_text)
    if not any(character.isalnum() for character in public_text):
        raise ModerationError("Il ne reste rien à publier : gardez plutôt ce texte privé.")
    if public_text == answer.text:
        raise ModerationError("Rien n’est retiré de ce texte : publiez-le tel quel.")
    return _decide(answer, Answer.Verdict.REDACTED, by=by, public_text=public_text, reason=reason)


def reject(answer: Answer, *, by: User, reason: str = "") -> Decision | None:
    """Keep this text private."""
    return _decide(answer, Answer.Verdict.REJECTED, by=by, reason=reason)


def reopen(answer: Answer, *, by: User, reason: str = "") -> Decision | None:
    """Put this text back among those to read."""
    return _decide(answer, Answer.Verdict.PENDING, by=by, reason=reason)


def undo(decision: Decision, answer: Answer, *, by: User) -> None:
    """Give this text the verdict it had before the decision, the last on it that still stands."""
    standing = last_standing(_verdicts(answer))
    if standing is None or standing.pk != decision.pk:
        raise changed_meanwhile(answer, last_decision(answer), by=by)
    previous, public_text = _before(decision)
    if previous in Answer.PUBLIC_VERDICTS:
        _require_consent(answer)
    decided_on = copy(answer)
    decided_on.verdict, decided_on.public_text = decision.verdict, decision.public_text
    _decide(decided_on, previous, by=by, public_text=public_text, reason=UNDONE)
    answer.verdict, answer.public_text = previous, public_text


def last_decision(answer: Answer) -> Decision | None:
    """What was decided last of these very words."""
    return _verdicts(answer).select_related("by").order_by("-pk").first()


def _verdicts(answer: Answer) -> QuerySet[Decision]:
    return Decision.objects.on(answer).verdicts().filter(text=answer.text)


def last_standing(own: QuerySet[Decision]) -> Decision | None:
    """The last of these decisions on one text, but what was undone and its undoing."""
    standing: list[Decision] = []
    for decision in own.order_by("pk"):
        if decision.reason != UNDONE:
            standing.append(decision)
        elif standing:
            standing.pop()
    return standing[-1] if standing else None


def changed_meanwhile(answer: Answer, last: Decision | None, *, by: User) -> TextChanged:
    """Why a decision on this text is refused: `last` was taken, or its author wrote, meanwhile."""
    if last is None:
        return TextChanged(
            f"{answer.respondent} a modifié ce texte depuis que vous l’avez lu\u00a0: relisez-le."
        )
    return TextChanged(f"{told(last, by)} Rien n’a été changé\u00a0: relisez-le.")


def decided(answer: Answer, verdict: str, *, by: User, public_text: str = "") -> Decision:
    """Give an answer that is yet to be stored its verdict; return the log's line, to store too.

    For writing many at once; the rules are those of `approve`, `redact` and `reject`.
    """
    if verdict in Answer.PUBLIC_VERDICTS:
        _require_consent(answer)
    decision = Decision(
        respondent=answer.respondent,
        question_id=answer.question_id,
        choice_id=answer.choice_id,
        verdict=verdict,
        previous=answer.verdict,
        text=answer.text,
        public_text=public_text,
        by=by,
    )
    answer.verdict, answer.public_text = verdict, public_text
    return decision


def _require_consent(answer: Answer) -> None:
    if not answer.respondent.agreed_to(answer.question.consent):
        raise ConsentMissing(
            f"#{answer.respondent.number} n’a pas accepté que ce texte soit publié."
        )


def _decide(
    answer: Answer,
    verdict: Answer.Verdict,
    *,
    by: User,
    public_text: str = "",
    reason: str = "",
) -> Decision | None:
    """Decide, and return the log's line; None if it was decided just so before."""
    with recording(answer.respondent) as respondent:
        current = Answer.objects.select_for_update().filter(pk=answer.pk).first()
        _refuse_if_changed(answer, current, by=by)
        if (current.verdict, current.public_text) == (verdict, public_text):
            return None
        decision = Decision.objects.create(
            respondent=respondent,
            question=answer.question,
            choice_id=current.choice_id,
            verdict=verdict,
            previous=current.verdict,
            reason=reason,
            text=current.text,
            public_text=public_text,
            by=by,
        )
        current.verdict, current.public_text = verdict, public_text
        current.save(update_fields=["verdict", "public_text"])
    answer.verdict, answer.public_text = verdict, public_text
    return decision


def _refuse_if_changed(read: Answer, current: Answer | None, *, by: User) -> None:
    if current is None or current.text != read.text:
        raise changed_meanwhile(read, None, by=by)
    if (current.verdict, current.public_text) != (read.verdict, read.public_text):
        raise changed_meanwhile(read, last_decision(current), by=by)


def _before(decision: Decision) -> tuple[Answer.Verdict, str]:
    """The verdict and the public text that a text had before this decision."""
    previous = Answer.Verdict(decision.previous)
    if previous != Answer.Verdict.REDACTED:
        return previous, ""
    own = Decision.objects.filter(
        respondent=decision.respondent_id,
        question=decision.question_id,
        choice=decision.choice_id,
        text=decision.text,
    )
    redacted = own.filter(verdict=previous, pk__lt=decision.pk).order_by("-pk").first()
    return (previous, redacted.public_text) if redacted else (Answer.Verdict.PENDING, "")
