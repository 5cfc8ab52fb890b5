from collections.abc import Iterator

from survey.kinds.base import Kind
from survey.kinds.single import Single
from survey.questionnaire import ChoiceSpec, QuestionSpec


class YesNo(Single):
    """A single choice between « Oui » and « Non »."""

    code = "yesno"
    name = "oui ou non"
    seconds = 6
    options = frozenset()
    own_choices = (ChoiceSpec("oui", "Oui"), ChoiceSpec("non", "Non"))

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        return Kind.problems(self, question)
