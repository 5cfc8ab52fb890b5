"""A first mapping, from the headings of a file, what it holds, and our codes and labels.

It guesses nothing that the codes or labels do not say; what is left to say stands there as null.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml

from survey.importing.cells import MISSING, NO, OTHER, YES, Reader, plain
from survey.importing.files import FACTS, ResponseFile
from survey.importing.mapping import CONSENTS, Columns
from survey.kinds import Shape, kind_of
from survey.questionnaire import QuestionSpec, Structure

LIKE = 0.8
"""From which ratio on two labels are the same one."""
CODES_LISTED = 40
HEAD = """\
# Correspondance proposée pour {name} : à relire, puis à essayer.
# Chaque « null » est à remplir : un choix du questionnaire, ou un accord (true, false, ou la
# colonne qui le dit : {{column: Q90}}). Un accord n’est jamais supposé.
# « undated » est le jour des réponses sans aucune date (2021-02-01) ; null si toutes en ont une.
# Trop de « null » ? Exportez de LimeSurvey en VV, ou en CSV avec les réponses complètes : ce qui
# y est écrit dit quelle colonne est quelle question ou quel choix, et se place bien mieux.
"""
CHOICES = """\
# Choix des questions où il reste un « null », à mettre à sa place :
"""
UNPLACED = """\
# Colonnes dont aucune question n’a le code ni le libellé : à placer ci-dessus, ou sous « ignored ».
"""
_IN_BRACKETS = re.compile(r"\s*\[[^\[\]]*\]\s*$")
_CODES = re.compile(r"(?P<stem>[^\[\]]+)\[(?P<sub>[^\[\]]+)\]")


@dataclass(frozen=True)
class Group:
    """Columns of the same question in the file: the one without a sub-code, and the others."""

    stem: str
    subs: Mapping[str, str]
    """Column by sub-code; "" for the column that has none."""


def draft(file: ResponseFile, structure: Structure, name: str) -> str:
    """A mapping file to be read over, with the columns that it could not place at its end."""
    questions: dict[str, Any] = {}
    unplaced: list[str] = []
    for group in _groups(file.headings):
        question = _question(group, file, structure)
        if question is None or question.code in questions:
            unplaced += group.subs.values()
        else:
            questions[question.code] = _columns(group, question, file, structure)
    in_order = {code: questions[code] for code in structure.questions if code in questions}
    data = {
        "undated": None,
        "consents": dict.fromkeys(CONSENTS),
        "ignored": [],
        "questions": in_order,
    }
    text = HEAD.format(name=name) + yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return text + "".join([*_choices_left(in_order, structure), *_told(unplaced, file)])


def _choices_left(questions: Mapping[str, Any], structure: Structure) -> Iterator[str]:
    """Our choices, for questions of which the codes of the file are still to be said."""
    left = [
        structure.questions[code]
        for code, said in questions.items()
        if None in [*said.get("columns", {}).values(), *said.get("choices", {}).values()]
    ]
    if left:
        yield CHOICES
    for question in left:
        yield f"#   {question.code}\n"
        yield from (f"#     {c.code}\u00a0: {c.label}\n" for c in question.choices[:CODES_LISTED])
        if len(question.choices) > CODES_LISTED:
            yield "#     …\n"


def _told(unplaced: Sequence[str], file: ResponseFile) -> Iterator[str]:
    if unplaced:
        yield UNPLACED
    for column in unplaced:
        description = " ".join(file.descriptions.get(column, "").split())
        yield f"#   {column}{f' ({description})' if description else ''}\n"


def _groups(headings: Iterable[str]) -> list[Group]:
    kept = [heading for heading in headings if heading not in FACTS]
    groups: dict[str, dict[str, str]] = {}
    for heading in kept:
        stem, sub = _split(heading, kept)
        groups.setdefault(stem, {})[sub] = heading
    return [Group(stem, subs) for stem, subs in groups.items()]


def _split(heading: str, headings: Sequence[str]) -> tuple[str, str]:
    """`Q2[SQ001]` in CSV; `Q2_SQ001` in VV, where the question has other such columns."""
    if found := _CODES.fullmatch(heading):
        return found["stem"], found["sub"]
    stem, _, sub = heading.rpartition("_")
    if stem and (stem in headings or sum(h.startswith(f"{stem}_") for h in headings) > 1):
        return stem, sub
    return heading, ""


def _question(group: Group, file: ResponseFile, structure: Structure) -> QuestionSpec | None:
    """The one question that has this code, this label, or these choices."""
    same = [q for q in structure.questions.values() if _bare(q.code) == _bare(group.stem)]
    described = {_of_question(file.descriptions.get(c, "")) for c in group.subs.values()} - {""}
    likeness = {q: _likeness(described, q) for q in structure.questions.values()}
    most = max(likeness.values())
    like = [q for q, ratio in likeness.items() if ratio == most >= LIKE]
    held = [] if same or like else _with_such_labels(group, file, structure)
    found = same or like or held
    return found[0] if len(found) == 1 else None


def _with_such_labels(group: Group, file: ResponseFile, structure: Structure) -> list[QuestionSpec]:
    """Questions that have every label that the columns hold; two different ones at least."""
    held = {plain(v) for column in _closed(group) for v in _values(file, column)} - {OTHER, "autre"}
    if len(held - {*YES, *NO, *MISSING}) < 2:
        return []
    return [
        question
        for question in structure.questions.values()
        if held <= {plain(choice.label) for choice in question.choices}
    ]


def _columns(
    group: Group, question: QuestionSpec, file: ResponseFile, structure: Structure
) -> dict[str, Any]:
    shape = kind_of(question).shape
    beside = {column: _only(question.other_codes) for column in _beside(group)}
    others = {"others": beside} if beside else {}
    closed = _closed(group)
    if shape == Shape.CHOICES:
        ticks = {
            group.subs[s]: _choice(s, group, question, file) for s in group.subs if s != "other"
        }
        return {"columns": ticks} | others
    codes = _codes(closed, question, file, structure) if question.choices else {}
    choices = {"choices": codes} if codes else {}
    if shape == Shape.RANKS:
        return {"ranks": closed} | choices
    return {"column": closed[0] if closed else None} | others | choices


def _closed(group: Group) -> list[str]:
    return [column for sub, column in group.subs.items() if sub != "other"]


def _beside(group: Group) -> list[str]:
    return [column for sub, column in group.subs.items() if sub == "other"]


def _choice(sub: str, group: Group, question: QuestionSpec, file: ResponseFile) -> str | None:
    """The choice that this box ticks, by its code or by the end of its description."""
    description = file.descriptions.get(group.subs[sub], "")
    by_code = [c for c in question.choice_codes if _bare(c) == _bare(sub)]
    by_label = [c.code for c in question.choices if _ends_with(description, c.label)]
    return _only(by_code or by_label)


def _codes(
    columns: Sequence[str], question: QuestionSpec, file: ResponseFile, structure: Structure
) -> dict[str, str | None]:
    """The codes of these columns that are not ours."""
    reader = Reader(structure, question, Columns(dict.fromkeys(columns, "")))
    held = Counter(value.strip() for column in columns for value in _values(file, column))
    missing = MISSING if reader.is_yes_or_no else ()
    unknown = [v for v in sorted(held) if plain(v) not in {*reader.codes, *missing}]
    return dict.fromkeys(unknown[:CODES_LISTED])


def _values(file: ResponseFile, column: str) -> Iterator[str]:
    return (cell for cell in file.column(column) if cell and cell.strip())


def _only(codes: Iterable[str]) -> str | None:
    found = list(codes)
    return found[0] if len(found) == 1 else None


def _bare(code: str) -> str:
    """Codes as they are compared: LimeSurvey's are letters and digits alone."""
    return code.casefold().replace("_", "")


def _of_question(description: str) -> str:
    """« Quels outils ? » of « Quels outils ? [Tablette] »."""
    return plain(_IN_BRACKETS.sub("", description))


def _likeness(descriptions: Iterable[str], question: QuestionSpec) -> float:
    """How much the likest of these descriptions is like the question's label or title."""
    own = (plain(question.label), plain(question.title))
    ratios = (SequenceMatcher(None, d, words).ratio() for d in descriptions for words in own)
    return max(ratios, default=0)


def _ends_with(description: str, label: str) -> bool:
    """« Quels outils ? [Tablette] » ends with its choice, as VV files describe such columns."""
    return plain(description).rstrip(" ])").endswith(plain(label).rstrip(" ])"))
