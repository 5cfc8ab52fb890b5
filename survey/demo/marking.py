"""Whom of the demo a question does not concern."""

import random
from collections.abc import Sequence

from survey.demo import data
from survey.demo.person import Person
from survey.kinds import NOT_CONCERNED
from survey.questionnaire import Structure


def mark(people: Sequence[Person], structure: Structure, chance: random.Random) -> None:
    """Have some say so, of those who left the question empty or chose between its choices."""
    for code, count in data.figures()["not_concerned"].items():
        plain = (None, *structure.questions[code].choice_codes)
        able = [p for p in people if p.is_asked(structure, code) and p.answers.get(code) in plain]
        for person in chance.sample(able, count):
            person.answers[code] = NOT_CONCERNED
