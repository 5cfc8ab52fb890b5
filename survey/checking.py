"""What a questionnaire file says must be askable: every error names file, question and key."""

import re
from collections.abc import Iterator, Mapping

from survey.questionnaire import (
    TEXT_CONSENTS,
    Condition,
    QuestionnaireError,
    QuestionSpec,
    SectionSpec,
    Structure,
)

# Names that forms and the report use beside those of questions.
RESERVED = frozenset({"csrfmiddlewaretoken", "code", "carried_section", "participation"})
IS_CODE = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)*", re.ASCII)
CODE_SHAPE = "must be ASCII letters, digits and single underscores"


def check(structure: Structure, file: str) -> None:
    """Raise QuestionnaireError for the first thing that could not be asked, stored or reported."""
    _refuse_doubles(structure, file)
    earlier: dict[str, QuestionSpec] = {}
    for section in structure.sections:
        for key, problem in _section_problems(section):
            raise QuestionnaireError(f'{file}, section "{section.code}": key "{key}" {problem}.')
        for question in section.questions:
            place = f'{file}, question "{question.code}"'
            for key, problem in _problems(question, earlier):
                raise QuestionnaireError(f'{place}: key "{key}" {problem}.')
            earlier[question.code] = question


def _refuse_doubles(structure: Structure, file: str) -> None:
    seen: set[str] = set()
    for section in structure.sections:
        for code in (
            f'section "{section.code}"',
            *(f'question "{q.code}"' for q in section.questions),
        ):
            if code in seen:
                raise QuestionnaireError(
                    f'{file}, {code}: key "code" is doubled; codes are unique.'
                )
            seen.add(code)


def _problems(
    question: QuestionSpec, earlier: Mapping[str, QuestionSpec]
) -> Iterator[tuple[str, str]]:
    from survey.kinds import KINDS  # kinds describe questions: they import their types

    if question.kind not in KINDS:
        yield "kind", f'"{question.kind}" is unknown; use one of {", ".join(sorted(KINDS))}'
        return
    yield from _code_problems(question)
    yield from KINDS[question.kind].problems(question)
    if question.consent not in TEXT_CONSENTS:
        yield "consent", f'"{question.consent}" is unknown; use one of {", ".join(TEXT_CONSENTS)}'
    if question.condition:
        yield from _condition_problems(question.condition, earlier)


def _code_problems(question: QuestionSpec) -> Iterator[tuple[str, str]]:
    from survey.exporting import FIRST  # what it exports are answers to these questions

    if not IS_CODE.fullmatch(question.code):
        yield "code", CODE_SHAPE
    if question.code in RESERVED.union(FIRST):
        yield "code", "is a name that Conumm uses itself; choose another"
    codes = [choice.code for choice in question.choices]
    for code in codes:
        if not IS_CODE.fullmatch(code):
            yield "choices", f'has the code "{code}", which {CODE_SHAPE}'
    for code in codes:
        if codes.count(code) > 1:
            yield "choices", f'has the code "{code}" twice'


def _condition_problems(
    condition: Condition, earlier: Mapping[str, QuestionSpec]
) -> Iterator[tuple[str, str]]:
    from survey.kinds import KINDS

    parent = earlier.get(condition.question)
    if parent is None:
        yield "asked_if", f'names "{condition.question}", which is not an earlier question'
        return
    known = [choice.code for choice in KINDS[parent.kind].choices(parent)]
    for code in condition.choices:
        if code not in known:
            yield "asked_if", f'names "{code}", which is not a choice of "{parent.code}"'


def _section_problems(section: SectionSpec) -> Iterator[tuple[str, str]]:
    if not IS_CODE.fullmatch(section.code):
        yield "code", CODE_SHAPE
    if not section.questions:
        yield "questions", "must list a question or more"
