"""Several texts read together before they are published: what looks personal, what changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey import consequences, personal_data
from survey.admin.moderating import count
from survey.models import TextToRead
from survey.personal_data import Piece

TEXTS_SHOWN = 200


@dataclass(frozen=True)
class Read:
    """A text with what looks personal in it."""

    text: TextToRead

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return personal_data.pieces(self.text.text)

    @property
    def personal(self) -> list[Piece]:
        """What looks personal, each once."""
        return list(dict.fromkeys(piece for piece in self.pieces if piece.reason))


@dataclass(frozen=True)
class Asked:
    """What is shown before these texts are published: those that can be, and what they change."""

    texts: Sequence[TextToRead]

    @property
    def agreed(self) -> list[TextToRead]:
        return [text for text in self.texts if text.agreed]

    @property
    def total(self) -> str:
        return count(len(self.agreed), "texte paraîtra", "textes paraîtront")

    @property
    def silent(self) -> str:
        """How many lack the consent of their author; "" if none does."""
        lacking = len(self.texts) - len(self.agreed)
        return count(lacking, "texte n’a pas", "textes n’ont pas") if lacking else ""

    @property
    def changes(self) -> list[str]:
        return consequences.of_each(self.agreed)

    @property
    def shown(self) -> list[Read]:
        return [Read(text) for text in self.agreed[:TEXTS_SHOWN]]

    @property
    def more(self) -> int:
        return max(len(self.agreed) - TEXTS_SHOWN, 0)
