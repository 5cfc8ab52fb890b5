"""Decisions on respondents: counted, held, excluded."""

from collections.abc import Callable

from django.db.models import Max, QuerySet

from survey.models import Decision, Respondent
from survey.moderation.deciding import DecidedMeanwhile, ModerationError, User, recording, told

REASON_NEEDED = "Indiquez un motif : il reste écrit à côté de la décision."


def hold(respondent: Respondent, *, by: User, reason: str) -> None:
    """Stop counting this respondent until it is known what they are."""
    _judge(respondent, Respondent.Verdict.HELD, by=by, reason=reason)


def exclude(respondent: Respondent, *, by: User, reason: str) -> None:
    """Never count this respondent: a test, a double, spam."""
    _judge(respondent, Respondent.Verdict.EXCLUDED, by=by, reason=reason)


def restore(respondent: Respondent, *, by: User, reason: str = "") -> None:
    """Count this respondent again."""
    _judge(respondent, Respondent.Verdict.COUNTED, by=by, reason=reason)


def last_decided() -> int:
    """Up to which decision whoever reads now has read: its primary key."""
    return Decision.objects.aggregate(last=Max("pk"))["last"] or 0


def unless_judged_since(
    read: int, decide: Callable[[Respondent], None], *, by: User
) -> Callable[[Respondent], None]:
    """This decision, but refused of whoever was judged after the decision that was `read` last."""

    def decide_unless_judged(respondent: Respondent) -> None:
        later = _judgements(respondent).filter(pk__gt=read).first()
        if later:
            raise _judged_meanwhile(respondent, later, by=by)
        decide(respondent)

    return decide_unless_judged


def judged(respondent: Respondent, verdict: str, *, by: User, reason: str) -> Decision:
    """Give a respondent who is yet to be saved a verdict; return the log's line, to store too."""
    if verdict != Respondent.Verdict.COUNTED and not reason:
        raise ModerationError(REASON_NEEDED)
    decision = Decision(
        respondent=respondent, verdict=verdict, previous=respondent.verdict, reason=reason, by=by
    )
    respondent.verdict, respondent.verdict_reason = verdict, reason
    return decision


def _judgements(respondent: Respondent) -> QuerySet[Decision]:
    """What was decided of this respondent, the last first."""
    own = Decision.objects.filter(respondent=respondent, question=None)
    return own.select_related("respondent", "by").order_by("-pk")


def _judged_meanwhile(
    respondent: Respondent, last: Decision | None, *, by: User
) -> DecidedMeanwhile:
    why = told(last, by) if last else f"{respondent} a changé depuis que vous l’avez lu."
    return DecidedMeanwhile(f"{why} Rien n’a été changé\u00a0: relisez ses réponses.")


def _judge(respondent: Respondent, verdict: Respondent.Verdict, *, by: User, reason: str) -> None:
    reason = reason.strip()
    if verdict != Respondent.Verdict.COUNTED and not reason:
        raise ModerationError(REASON_NEEDED)
    with recording(respondent) as locked:
        if (locked.verdict, locked.verdict_reason) == (verdict, reason):
            return
        if (locked.verdict, locked.verdict_reason) != (
            respondent.verdict,
            respondent.verdict_reason,
        ):
            raise _judged_meanwhile(locked, _judgements(locked).first(), by=by)
        Decision.objects.create(
            respondent=locked, verdict=verdict, previous=locked.verdict, reason=reason, by=by
        )
        locked.verdict, locked.verdict_reason = verdict, reason
        locked.save(update_fields=["verdict", "verdict_reason"])
    respondent.verdict, respondent.verdict_reason = verdict, reason
