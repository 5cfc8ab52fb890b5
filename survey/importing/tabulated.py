"""Reading the CSV that `survey.tabulating` lays out, each line as the JSON of the same person."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from survey import csvfiles, tabulating
from survey.exporting import CONSENTS, FACTS, FIRST
from survey.importing import bounds, files
from survey.importing.files import FileError, Line, ResponseFile
from survey.importing.findings import Findings, Place, Unplaced
from survey.kinds import NOT_CONCERNED, Shape, kind_of
from survey.models import Answer
from survey.questionnaire import QuestionSpec, Structure

NEEDED = tuple(heading for heading in FIRST if heading != "mode")
"""Files of before there were modes have none."""
LONGEST_NUMBER = 10
TICKS = {"1": True, "0": False}

Cells: TypeAlias = Callable[[str], str]
"""What stands in a column of one line; "" in one that the file has not."""

Person: TypeAlias = Mapping[str, Any]


def is_one(content: bytes) -> bool:
    """Whether this file has most of the columns that only our own has."""
    try:
        # Also one saved in Windows-1252, which is then refused for that.
        headings = files.headings(content.decode("utf-8-sig", "replace"))
    except FileError:
        return False
    return 2 * len({*FIRST} & {*headings}) > len(FIRST)


def read(content: bytes) -> ResponseFile:
    """The lines of this file; raise FileError if it is no CSV."""
    return files.table(files.decoded(content), csvfiles.rearmed)


def added_choices(file: ResponseFile, structure: Structure) -> list[Mapping[str, str]]:
    """The choices whose label stands beside a text that counts as them, as the JSON has them."""
    place_of = _places(file)
    texts = {
        text: code
        for code, question in structure.questions.items()
        for text in tabulating.texts(question)
        if text.label in place_of
    }
    told: dict[tuple[str, str, str], None] = {}
    for line in filter(lambda line: line.cells, file.lines):
        for text, question in texts.items():
            code, label = (_cell(place_of, line, each) for each in (text.coded_as, text.label))
            if code.strip() and label.strip():
                told[question, code.strip(), label] = None
    return [dict(zip(("question", "choice", "label"), each, strict=True)) for each in told]


def persons(
    file: ResponseFile, structure: Structure, findings: Findings
) -> Iterator[tuple[str, Person]]:
    """Each person, and what their line is called; what has no place goes to `findings`."""
    _place_columns(file.headings, structure, findings)
    if not {*NEEDED} <= {*file.headings}:
        return  # Told once, not again of each line.
    place_of = _places(file)
    there = [q for q in structure.questions.values() if _headings(q) & place_of.keys()]
    for line in file.lines:
        name = f"ligne {line.place}"
        if not line.cells:
            findings.refuse("il n’y a pas autant de cellules que de colonnes.", line=name)
            continue
        try:
            yield name, _person(partial(_cell, place_of, line), there, structure)
        except Unplaced as unplaced:
            findings.refuse(unplaced.message, place=unplaced.place, line=name)


def _places(file: ResponseFile) -> Mapping[str, int]:
    return {heading: place for place, heading in enumerate(file.headings)}


def _cell(place_of: Mapping[str, int], line: Line, heading: str) -> str:
    return (line.cells[place_of[heading]] or "") if heading in place_of else ""


def _headings(question: QuestionSpec) -> set[str]:
    return {column.heading for column in tabulating.columns(question)}


def _newer(question: QuestionSpec) -> set[str]:
    """Columns that older files have not, and that say nothing where they are not."""
    return {
        heading for text in tabulating.texts(question) for heading in (text.coded_as, text.label)
    }


def _place_columns(headings: Collection[str], structure: Structure, findings: Findings) -> None:
    expected = {q.code: _headings(q) for q in structure.questions.values()}
    for heading in headings:
        if heading not in {*FIRST}.union(*expected.values()):
            findings.refuse(
                "elle n’est d’aucune question\u00a0: ôtez-la du fichier pour importer sans elle.",
                place=Place(heading),
            )
    for heading in NEEDED:
        if heading not in headings:
            findings.refuse("elle n’est pas dans le fichier.", place=Place(heading))
    for code, own in expected.items():
        if own.isdisjoint(headings):
            findings.remark(
                f"question {code}\u00a0: aucune de ses colonnes n’est dans le fichier\u00a0: "
                "ce qui y est répondu reste tel quel."
            )
            continue
        for heading in sorted(own.difference(headings, _newer(structure.questions[code]))):
            findings.remark(
                "elle n’est pas dans le fichier\u00a0: comptée vide.", place=Place(heading)
            )


def _person(cell: Cells, there: Sequence[QuestionSpec], structure: Structure) -> Person:
    marked = _marked(cell, structure)
    return {name: cell(name) for name in FACTS} | {
        "number": bounds.numbered("number", cell("number")),
        "consents": {name: _ticked(name, cell(name)) for name in CONSENTS},
        "answers": {question.code: _answer(question, cell, marked) for question in there},
        "texts": [decided for question in there for decided in _decided(question, cell)],
    }


def _marked(cell: Cells, structure: Structure) -> frozenset[str]:
    codes = cell(tabulating.NOT_CONCERNED).split()
    for code in codes:
        if code not in structure.questions:
            place = Place(tabulating.NOT_CONCERNED, code)
            raise Unplaced(place, "cette question n’existe pas.")
    return frozenset(codes)


def _answer(question: QuestionSpec, cell: Cells, marked: Collection[str]) -> Any:
    value = _READS[kind_of(question).shape](question, cell)
    if question.code not in marked:
        return value
    if value is not None:
        place = Place(question.code)
        raise Unplaced(place, "elle a une réponse, et «\u00a0not_concerned\u00a0» la nomme aussi.")
    return NOT_CONCERNED


def _choice(question: QuestionSpec, cell: Cells) -> Any:
    made = cell(question.code).strip()
    written = _written_beside(question, cell, [made])
    return _specified(made, written) if made else None


def _choices(question: QuestionSpec, cell: Cells) -> Any:
    made = [
        c.code for c in question.offered if _is_made(tabulating.of_choice(question, c.code), cell)
    ]
    written = _written_beside(question, cell, made)
    return [_specified(choice, written) for choice in made] or None


def _is_made(heading: str, cell: Cells) -> bool:
    return bool(cell(heading).strip()) and _ticked(heading, cell(heading))


def _ranks(question: QuestionSpec, cell: Cells) -> Any:
    headings = {c.code: tabulating.of_choice(question, c.code) for c in question.offered}
    ranks = {
        choice: _whole_number(heading, cell(heading))
        for choice, heading in headings.items()
        if cell(heading).strip()
    }
    if sorted(ranks.values()) != list(range(1, len(ranks) + 1)):
        held = ", ".join(map(str, sorted(ranks.values())))
        raise Unplaced(
            Place(question.code, held), "les rangs se suivent depuis 1, chacun une fois."
        )
    return sorted(ranks, key=lambda choice: ranks[choice]) or None


def _whole(question: QuestionSpec, cell: Cells) -> Any:
    return cell(question.code) or None


_READS: Mapping[Shape, Callable[[QuestionSpec, Cells], Any]] = {
    Shape.CHOICE: _choice,
    Shape.CHOICES: _choices,
    Shape.RANKS: _ranks,
    Shape.NUMBER: _whole,
    Shape.TEXT: _whole,
}


def _written_beside(
    question: QuestionSpec, cell: Cells, made: Collection[str]
) -> Mapping[str | None, str]:
    """The texts beside « Autre », by choice."""
    written = {text.choice: cell(text.words) for text in tabulating.texts(question)}
    for text in tabulating.texts(question):
        if written[text.choice].strip() and text.choice not in made:
            place = Place(text.words, written[text.choice])
            raise Unplaced(place, "cette précision accompagne un choix qui n’est pas fait.")
    return {choice: words for choice, words in written.items() if words.strip()}


def _specified(choice: str, written: Mapping[str | None, str]) -> Any:
    return {"choice": choice, "other": written[choice]} if choice in written else choice


def _decided(question: QuestionSpec, cell: Cells) -> Iterator[Mapping[str, Any]]:
    for text in tabulating.texts(question):
        verdict, public_text = cell(text.verdict).strip(), cell(text.public_text)
        coded_as = cell(text.coded_as).strip()
        if cell(text.label).strip() and not coded_as:
            place = Place(text.label, cell(text.label))
            raise Unplaced(place, "il n’y a pas de code à côté.")
        if verdict in ("", Answer.Verdict.PENDING) and not public_text and not coded_as:
            continue  # There is no text, or it is to be read.
        if not cell(text.words).strip():
            place = Place(text.coded_as, coded_as) if coded_as else Place(text.verdict, verdict)
            raise Unplaced(place, "il n’y a pas de texte à côté.")
        yield {
            "question": question.code,
            "choice": text.choice,
            "verdict": verdict or Answer.Verdict.PENDING,
            "public_text": public_text,
            "coded_as": coded_as or None,
        }


def _whole_number(heading: str, written: str) -> int:
    digits = written.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER):
        raise Unplaced(Place(heading, written), "ce n’est pas un nombre entier.")
    return int(digits)


def _ticked(heading: str, written: str) -> bool:
    if written.strip() not in TICKS:
        raise Unplaced(Place(heading, written), "on y écrit 1 ou 0.")
    return TICKS[written.strip()]
