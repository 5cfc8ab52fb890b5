"""The kinds of question, one file each: a module here is a kind as soon as it stands here."""

from importlib import import_module
from pkgutil import iter_modules

from survey.kinds.base import KINDS, NOT_CONCERNED, NOT_CONCERNED_ROW, Kind, Row, Shape
from survey.questionnaire import QuestionSpec

for module in iter_modules(__path__):
    import_module(f"{__name__}.{module.name}")


def kind_of(question: QuestionSpec) -> Kind:
    return KINDS[question.kind]


__all__ = ["KINDS", "NOT_CONCERNED", "NOT_CONCERNED_ROW", "Kind", "Row", "Shape", "kind_of"]
