"""What the people of the demo answer: exact counts where 2021 gives them, chance elsewhere."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from survey.demo import data
from survey.demo.person import Person
from survey.kinds import kind_of
from survey.questionnaire import QuestionSpec, Structure

SCHOOL_LEAVING_AGE = 18
LATE_RANK = 2
"""Whoever is not said to rank students first or second ranks them after two others."""


class Answering:
    """Gives people their answers to closed questions and numbers."""

    def __init__(self, structure: Structure, chance: random.Random) -> None:
        self.structure = structure
        self.chance = chance
        self.figures = data.figures()
        self.sections = {
            question.code: number
            for number, section in enumerate(structure.sections, start=1)
            for question in section.questions
        }

    def answer(self, people: Sequence[Person]) -> None:
        """Everything but texts, in the order of the questionnaire: conditions need it."""
        for code, question in self.structure.questions.items():
            if code in self.figures["counts"]:
                self._count_out(people, code)
            elif code in self.figures["first"]:
                self._rank(people, code)
            elif code != "departement" and not code.startswith("structure_"):
                self._draw(people, question)

    def _count_out(self, people: Sequence[Person], code: str) -> None:
        """Share the exact counts out among those who are asked."""
        left = dict(self.figures["counts"][code])
        for person in people:
            if code in person.answers:
                left[person.answers[code]] -= 1
        values = [choice for choice, count in left.items() for _ in range(count)]
        self.chance.shuffle(values)
        able = self._able(people, code)
        for person, value in zip(able[: len(values)], values, strict=True):
            person.answers[code] = value

    def _able(self, people: Sequence[Person], code: str) -> list[Person]:
        """Who is asked and has not answered, whoever answers soonest first."""
        able = [
            person
            for person in people
            if code not in person.answers and person.is_asked(self.structure, code)
        ]
        keys = {person: self._reluctance(person, code) for person in able}
        return sorted(able, key=keys.__getitem__)

    def _reluctance(self, person: Person, code: str) -> float:
        # Whoever stopped here with nothing said would be no respondent.
        silent = not person.answers and person.last_section == self.sections[code]
        return 0 if silent else self.chance.random() / person.thoroughness**6

    def _rank(self, people: Sequence[Person], code: str) -> None:
        """Exact counts of first ranks, then of those ranked at all."""
        firsts, ranked = self.figures["first"][code], dict(self.figures["ranked"][code])
        rankings = self._firsts(people, code, dict(firsts))
        for person, ranking in rankings.items():
            if code in person.second:
                ranking.append(person.second[code])
            for item in ranking:
                ranked[item] -= 1
        for item, count in ranked.items():
            if item != "etudiants":
                self._mention(rankings, item, count)
        for person, ranking in rankings.items():
            kept = 1 + (code in person.second)
            person.answers[code] = ranking[:kept] + self._ordered(ranking[kept:], firsts)
        self._mention_students(people, code, ranked.get("etudiants", 0))

    def _firsts(
        self, people: Sequence[Person], code: str, left: dict[str, int]
    ) -> dict[Person, list[str]]:
        rankings = {p: [p.first[code]] for p in people if code in p.first}
        for [item] in rankings.values():
            left[item] -= 1
        values = [item for item, count in left.items() for _ in range(count)]
        self.chance.shuffle(values)
        # The second rank of some is given: they answer, and another comes first.
        able = [person for person in self._able(people, code) if person not in rankings]
        able.sort(key=lambda person: code not in person.second)
        for person, item in zip(able[: len(values)], values, strict=True):
            rankings[person] = [item]
        return rankings

    def _mention(self, rankings: Mapping[Person, list[str]], item: str, count: int) -> None:
        without = [ranking for ranking in rankings.values() if item not in ranking]
        for ranking in self.chance.sample(without, count):
            ranking.append(item)

    def _ordered(self, items: Sequence[str], firsts: Mapping[str, int]) -> list[str]:
        """Who comes first often also comes early where it does not come first."""
        keys = {item: -(firsts.get(item, 0) + 2) * self.chance.uniform(0.2, 2) for item in items}
        return sorted(items, key=keys.__getitem__)

    def _mention_students(self, people: Sequence[Person], code: str, count: int) -> None:
        rankings = [p.answers[code] for p in people if code in p.answers]
        able = [r for r in rankings if len(r) >= LATE_RANK and "etudiants" not in r]
        for ranking in self.chance.sample(able, count):
            ranking.insert(self.chance.randint(LATE_RANK, len(ranking)), "etudiants")

    def _draw(self, people: Sequence[Person], question: QuestionSpec) -> None:
        answering = [
            person
            for person in people
            if question.code not in person.answers
            and person.is_asked(self.structure, question.code)
            and self.chance.random() < person.thoroughness
        ]
        for person, value in zip(answering, self._values(question, answering), strict=True):
            if value is not None:
                person.answers[question.code] = value

    def _values(self, question: QuestionSpec, answering: Sequence[Person]) -> Sequence[Any]:
        """An answer for each of these people, None where they leave it."""
        match kind_of(question).measure(question):
            case "numeric":
                return [self._number(person, question) for person in answering]
            case "multiple":
                return [self._several(question) for _ in answering]
            case "nominal" | "ordinal":
                return self._dealt(self._weights(question), len(answering))
        return [None] * len(answering)

    def _number(self, person: Person, question: QuestionSpec) -> float:
        values = self.figures["numbers"][question.code]
        if question.code == "anciennete":
            most = person.answers.get("age", max(values) + SCHOOL_LEAVING_AGE) - SCHOOL_LEAVING_AGE
            values = [years for years in values if years <= most]
        return self.chance.choice(values)

    def _several(self, question: QuestionSpec) -> list[str] | None:
        shares = self.figures["several"].get(question.code, {})
        listed = [choice for choice in question.choices if not choice.other]
        ticked = [c for c in listed if self.chance.random() < shares.get(c.code, 0.3)]
        alone = [c.code for c in ticked if c.exclusive]
        return alone[:1] or [c.code for c in ticked] or None

    def _weights(self, question: QuestionSpec) -> Mapping[str, float]:
        even = {choice.code: 1 for choice in question.choices if not choice.other}
        return self.figures["one"].get(question.code, even)

    def _dealt(self, weights: Mapping[str, float], count: int) -> list[str]:
        """So many answers, as near to the weights as whole people allow, in any order."""
        exact = {c: weight * count / sum(weights.values()) for c, weight in weights.items()}
        counts = {choice: int(share) for choice, share in exact.items()}
        by_rest = sorted(exact, key=lambda choice: counts[choice] - exact[choice])
        for choice in by_rest[: count - sum(counts.values())]:
            counts[choice] += 1
        values = [choice for choice, n in counts.items() for _ in range(n)]
        self.chance.shuffle(values)
        return values
