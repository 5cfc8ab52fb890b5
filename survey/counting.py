"""As what the answers of some people to a question count, and what that could not truly be."""

from collections import defaultdict
from collections.abc import Sequence

from survey import conditions
from survey.french import quoted
from survey.models import Answer, Choice, Question
from survey.questionnaire import QuestionSpec


class Untrue(Exception):
    """Why a precision cannot count as a choice, in French."""


class Counted:
    """What each author chose at a question, row by row, and as what each row counts."""

    def __init__(self, question: Question, texts: Sequence[Answer]) -> None:
        structure = question.questionnaire.structure
        self.asked_if = [
            (other, other.condition)
            for other in structure.questions.values()
            if other.condition and other.condition.question == question.code
        ]
        self.question = question.code
        self.chosen: dict[int, dict[int, str]] = defaultdict(dict)
        self.codes: dict[int, dict[int, str]] = defaultdict(dict)
        rows = Answer.objects.filter(
            question=question, respondent__in={text.respondent_id for text in texts}
        ).values_list("respondent", "pk", "choice__code", "coded_as__code")
        for person, pk, chosen, coded_as in rows:
            self.chosen[person][pk] = chosen
            self.codes[person][pk] = coded_as or chosen

    def count(self, text: Answer, choice: Choice) -> None:
        self.codes[text.respondent_id][text.pk] = choice.code

    def may_be(self, text: Answer, choice: Choice) -> bool:
        """Whether this text, however it counts, may count as this choice."""
        try:
            self.refuse(text, choice)
        except Untrue:
            return False
        return True

    def refuse(self, text: Answer, choice: Choice) -> None:
        """Raise Untrue where it would say of the author what cannot be true."""
        chosen, codes = self.chosen[text.respondent_id], self.codes[text.respondent_id]
        if choice.pk == text.choice_id:
            raise Untrue(f"{quoted(choice.label)} est ce que {text.respondent} a choisi.")
        if choice.exclusive and len(chosen) > 1:
            raise Untrue(
                f"{quoted(choice.label)} ne va avec aucun autre choix, et {text.respondent} en a "
                "coché d’autres."
            )
        before = {self.question: frozenset(chosen.values())}
        after = {self.question: frozenset((codes | {text.pk: choice.code}).values())}
        for other, condition in self.asked_if:
            if conditions.holds(condition, before) != conditions.holds(condition, after):
                raise Untrue(_asks(text, choice, other, conditions.holds(condition, after)))


def _asks(text: Answer, choice: Choice, other: QuestionSpec, is_asked: bool) -> str:
    if is_asked:
        return (
            f"{quoted(choice.label)} fait poser la question {quoted(other.title)}, que "
            f"{text.respondent} n’a pas vue."
        )
    return (
        f"{text.respondent} a vu la question {quoted(other.title)}, que {quoted(choice.label)} "
        "ne fait pas poser."
    )
