"""A commentary as readers get it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from analysis.wording import SEMICOLON, Noun
from survey.dates import day

ANSWERS = Noun("réponse", "réponses")


@dataclass(frozen=True)
class Note:
    """`html` is sanitised; `base`: how many had answered when it was written.

    It is outdated when the figures no longer bear it out.
    """

    position: str
    html: SafeString
    text: str
    written_at: datetime
    base: int
    outdated: bool

    @property
    def dated(self) -> str:
        """« Commentaire du 5 mars 2021 », and on how many answers where that is long past."""
        words = f"Commentaire du {day(self.written_at)}"
        if not self.outdated:
            return words
        return (
            f"{words}, écrit sur {ANSWERS.of(self.base)}{SEMICOLON} les chiffres ont changé depuis."
        )
