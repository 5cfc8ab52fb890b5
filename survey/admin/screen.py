"""All that a moderator sees of one text before they decide."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from survey import consequences, differences, personal_data
from survey.admin.moderating import badge_after
from survey.differences import Change
from survey.models import Answer, Decision, TextToRead
from survey.moderation import name_of
from survey.personal_data import Piece


@dataclass(frozen=True)
class Told:
    """One decision, as the log of its text tells it."""

    decision: Decision
    badge: SafeString
    by: str

    @property
    def is_coding(self) -> bool:
        return self.decision.verdict == Decision.CODED


@dataclass(frozen=True)
class Screen:
    """`pieces`: the text cut where something looks personal. `log`: what was decided of it and of
    the words that its author had written before. `changes`: what the author changed since those
    were read, and `edited` the decision then taken, if one was. `consequence`: what publishing it
    changes.
    """

    text: TextToRead
    pieces: tuple[Piece, ...]
    log: tuple[Told, ...]
    edited: Told | None
    changes: tuple[Change, ...]
    consequence: str

    @property
    def personal(self) -> list[Piece]:
        """What looks personal, each once."""
        return list(dict.fromkeys(piece for piece in self.pieces if piece.reason))

    @property
    def last(self) -> Told | None:
        """How the text was decided, if it is."""
        if self.text.verdict == Answer.Verdict.PENDING:
            return None
        read = (told for told in self.log if not told.is_coding)
        return next((told for told in read if told.decision.text == self.text.text), None)

    @property
    def public(self) -> str:
        """The words that are public, or would be if all were published."""
        return self.text.public_text or self.text.text


def of(text: TextToRead, read: str = "") -> Screen:
    """What is seen of a text by a moderator, who had just `read` other words in its place."""
    log = tuple(_log(text))
    last = next((told for told in log if not told.is_coding), None)
    edited = last if last and last.decision.text != text.text else None
    before = read or (edited.decision.text if edited else text.text)
    return Screen(
        text=text,
        pieces=personal_data.pieces(text.text),
        log=log,
        edited=None if read else edited,
        changes=differences.between(before, text.text) if before != text.text else (),
        consequence=consequences.sentence(text),
    )


def _log(text: TextToRead) -> list[Told]:
    decisions = Decision.objects.on(text).select_related("by", "choice").order_by("-pk")
    return [Told(d, badge_after(d), name_of(d.by)) for d in decisions]
