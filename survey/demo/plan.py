"""The plan of the demo data, without a database: who answered what, and what became of it.

The 95 carry the exact figures of 2021: 63 speak for a structure, one more gave a department alone,
the others left the structure out, and most of them stopped on the way.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from survey.demo import data, dates
from survey.demo.answering import Answering
from survey.demo.dates import OPENED
from survey.demo.marking import mark
from survey.demo.person import Person, PlannedRespondent, Verdict
from survey.demo.quoting import Quoting
from survey.demo.variation import Variation
from survey.questionnaire import Structure

RESPONDENTS = 95

__all__ = ["OPENED", "RESPONDENTS", "PlannedRespondent", "Verdict", "plan"]


def plan(
    structure: Structure, respondents: int = RESPONDENTS, seed: int = 2021
) -> Iterator[PlannedRespondent]:
    """Planned respondents in the order of their start, the same each time.

    Another number than 95 is drawn from the 95, with other dates, numbers and texts.
    """
    chance = random.Random(seed)
    profiles = _profiles(structure, chance)
    if respondents == len(profiles):
        yield from profiles
        return
    variations = [Variation(structure, profile) for profile in profiles]
    for place in range(respondents):
        started_at = dates.started(place, respondents, chance)
        yield variations[chance.randrange(len(variations))].draw(started_at, chance)


def _profiles(structure: Structure, chance: random.Random) -> list[PlannedRespondent]:
    people = _People(structure, chance).all()
    Answering(structure, chance).answer(people)
    Quoting(structure, chance).quote(people)
    # With chances of its own: whoever is marked, all else is drawn the same.
    mark(people, structure, random.Random(len(people)))
    chance.shuffle(people)
    return [
        _planned(person, place, len(people), structure, chance)
        for place, person in enumerate(people)
    ]


def _planned(
    person: Person, place: int, of: int, structure: Structure, chance: random.Random
) -> PlannedRespondent:
    started_at = dates.started(place, of, chance)
    codes = [code for code in structure.questions if code in person.answers]
    return PlannedRespondent(
        started_at=started_at,
        completed_at=dates.completed(started_at, chance) if person.complete else None,
        consents=(True, person.publishes, person.names_structure),
        answers={code: person.answers[code] for code in codes},
        verdicts={code: person.verdicts[code] for code in codes if code in person.verdicts},
    )


class _People:
    """The 95 before they answer: their structure, their consents, how far they went."""

    def __init__(self, structure: Structure, chance: random.Random) -> None:
        self.sections = [[q.code for q in section.questions] for section in structure.sections]
        self.chance = chance
        self.figures = data.figures()

    def all(self) -> list[Person]:
        return self._with_structure() + self._without_structure()

    def _with_structure(self) -> list[Person]:
        stops = self._stops("unfinished_structures")
        structures = [{"given": {}} | dict(structure) for structure in data.structures()]
        stops += [None] * (len(structures) - len(stops))
        self.chance.shuffle(stops)
        return [self._speaker(*pair) for pair in zip(structures, stops, strict=True)]

    def _stops(self, who: str) -> list[int | None]:
        """The section in which each of them stopped, None for whoever finished."""
        return [
            None if stop == "complete" else stop
            for stop, count in self.figures[who].items()
            for _ in range(count)
        ]

    def _speaker(self, structure: Mapping[str, Any], stop: int | None) -> Person:
        person = self._person(structure, stop, publishes=0.84, thoroughness=(0.86, 0.99))
        person.names_structure = True
        person.first, person.second = structure.get("first", {}), structure.get("second", {})
        named = {"structure_nom": structure["name"]}
        if "communication" in structure:
            named["structure_communication"] = structure["communication"]
        person.answers |= named | structure["given"]
        person.answers["departement"] = structure["department"]
        person.answers["structure_type"] = structure["type"]
        person.verdicts |= dict.fromkeys(named, "approved")
        return person

    def _without_structure(self) -> list[Person]:
        people = [
            self._person(None, stop, publishes=0.66, thoroughness=(0.6, 0.95))
            for stop in self._stops("without_structure")
        ]
        people[0].answers["departement"] = self.figures["extra_department"]
        return people

    def _person(
        self,
        structure: Mapping[str, Any] | None,
        stop: int | None,
        *,
        publishes: float,
        thoroughness: tuple[float, float],
    ) -> Person:
        return Person(
            structure=structure,
            last_section=stop or len(self.sections),
            complete=stop is None,
            reached=self._reached(stop),
            thoroughness=self.chance.uniform(*thoroughness),
            publishes=self.chance.random() < publishes,
            names_structure=self.chance.random() < 0.5,
        )

    def _reached(self, stop: int | None) -> tuple[str, ...]:
        """What they came to see; who stopped did so within their last section."""
        whole = self.sections if stop is None else self.sections[: stop - 1]
        return (*_flat(whole), *(self._part(self.sections[stop - 1]) if stop else ()))

    def _part(self, codes: Sequence[str]) -> Sequence[str]:
        answerable = [code for code in codes if not code.startswith("structure_")]
        return answerable[: self.chance.randint(1, len(answerable))]


def _flat(sections: Sequence[Sequence[str]]) -> list[str]:
    return [code for codes in sections for code in codes]
