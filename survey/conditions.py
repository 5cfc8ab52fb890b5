"""« Asked if »: pure functions, the same rules for the server and, as data, for the page."""

from collections.abc import Mapping, Set

from survey.french import quoted
from survey.questionnaire import Condition, QuestionSpec, Structure


def holds(condition: Condition | None, chosen: Mapping[str, Set[str]]) -> bool:
    """Whether a question is asked, given the codes chosen at the questions before it."""
    if condition is None:
        return True
    parent = chosen.get(condition.question, frozenset())
    if condition.any_of:
        return not parent.isdisjoint(condition.any_of)
    return bool(parent) and parent.isdisjoint(condition.none_of)


def asked(structure: Structure, chosen: Mapping[str, Set[str]]) -> frozenset[str]:
    """Codes of the questions asked of whoever chose this; one not asked counts as unanswered."""
    codes: set[str] = set()
    known: dict[str, Set[str]] = {}
    for code, question in structure.questions.items():
        if holds(question.condition, known):
            codes.add(code)
            known[code] = chosen.get(code, frozenset())
    return frozenset(codes)


def of(structure: Structure, code: str) -> list[Condition]:
    """All that must hold for this question to be asked: its own condition, then its parents'."""
    condition = structure.questions[code].condition
    return [condition, *of(structure, condition.question)] if condition else []


def in_words(condition: Condition, parent: QuestionSpec, name: str) -> str:
    """« répondu « Oui » à la question 5 », to follow « vous avez ».

    `name`: how its reader knows the question that it rests on.
    """
    labels = [quoted(parent.choices_by_code[code].label) for code in condition.choices]
    if condition.any_of:
        return f"répondu {' ou '.join(labels)} à {name}"
    return f"répondu à {name} sans choisir {' ni '.join(labels)}"
