"""Small populations as reports, without a database: a person is a mapping of answers."""

from datetime import UTC, date, datetime

from analysis import frame, grouped, report
from analysis.declarations import ChoicesTogether, Declaration, FilterSpec
from analysis.filters import selected
from analysis.wording import Noun
from survey.publication import PUBLISHED, Campaign, Cell, Changes, Person
from tests.factories import STRUCTURE

LEAST = 5
DAY = date(2021, 3, 1)
WHEN = datetime(2021, 3, 1, tzinfo=UTC)
CAMPAIGN = Campaign(STRUCTURE, 1, 1, WHEN, None, None, "", True)
DECLARED = Declaration(
    "test.yaml",
    "Le rapport",
    Noun("personne", "personnes", feminine=True),
    filters={
        "type": FilterSpec(),
        "moral": FilterSpec(
            question="humeur",
            title="Humeur",
            groups={"bonne": ChoicesTogether("Bonne humeur", ("haute", "moyenne"))},
        ),
    },
)


def whole(people, declaration=DECLARED):
    """The report of everybody."""
    persons = [
        Person(number, DAY, bool(number % 2), DAY if number % 2 else None)
        for number in range(1, len(people) + 1)
    ]
    cells = [cell for n, answers in enumerate(people, start=1) for cell in _cells(n, answers)]
    numbers = frozenset(person.number for person in persons)
    answers = frame.build(STRUCTURE, Changes(1, numbers, tuple(persons), cells))
    return report.write(declaration, CAMPAIGN, answers, LEAST)


def view(everybody, group, compared="", declaration=DECLARED):
    """The report of a group, or of two: « type:mairie »."""
    offered = {code: split.filter for code, split in everybody.splits.items()}
    selection = selected(offered, {"groupe": group, "compare": compared})
    return grouped.write(everybody, declaration, selection)


def _cells(number, answers):
    for code, answer in answers.items():
        kind = STRUCTURE.questions[code].kind
        if kind in ("multiple", "ranking"):
            for rank, choice in enumerate(answer, start=1):
                yield Cell(number, code, choice, rank if kind == "ranking" else None, None, 0)
        elif kind == "number":
            yield Cell(number, code, None, None, answer, 0)
        elif answer:
            text = kind in ("long_text", "url")
            yield Cell(number, code, None if text else answer, None, None, PUBLISHED * text)


SEVERAL_TOOLS = {"outils": ["ordinateur", "tablette"]}
"""Of somebody in no group, so that ticks never add up to people."""


def shares(report, code):
    return {each["choice"]: each["count"] for each in report.blocks[code].figures["shares"]}
