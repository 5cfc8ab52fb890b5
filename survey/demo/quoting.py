"""What the people of the demo wrote, and what a moderator made of it."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from survey.demo import data
from survey.demo.person import Person, Verdict
from survey.kinds import kind_of
from survey.questionnaire import Structure

Entry = Mapping[str, Any]


class Quoting:
    """Gives each text of the demo to somebody of whom its question was asked."""

    def __init__(self, structure: Structure, chance: random.Random) -> None:
        self.structure = structure
        self.chance = chance

    def quote(self, people: Sequence[Person]) -> None:
        eloquence = {person: self._eloquence(person) for person in people}
        for code, written in data.precisions().items():
            self._precise(people, code, written)
        for code, entries in data.texts().items():
            # The most demanding first, before the others take their authors.
            for entry in sorted(entries, key=_demands, reverse=True):
                self._write(people, code, entry, eloquence)
        for entry in data.dormant():
            self._close(people, entry)

    def _eloquence(self, person: Person) -> float:
        """A few write a lot, most write little; who would not be read writes less."""
        return (0.1 + 3 * self.chance.random() ** 4) * (1 if person.publishes else 0.4)

    def _precise(self, people: Sequence[Person], code: str, written: Sequence[str]) -> None:
        """Say what « Autre » is: of those counted there, else of any who answered."""
        exact = code in data.figures()["counts"]
        able = [
            p for p in people if (p.answers.get(code) == "autre" if exact else self._may(p, code))
        ]
        for person, words in zip(self.chance.sample(able, len(written)), written, strict=True):
            self._add(person, code, {"choice": "autre", "other": words})
            if person.publishes:
                person.verdicts[code] = "approved"

    def _may(self, person: Person, code: str) -> bool:
        given = person.structure["given"] if person.structure else {}
        return code in person.answers and code not in given

    def _add(self, person: Person, code: str, other: Mapping[str, str]) -> None:
        question = self.structure.questions[code]
        if kind_of(question).measure(question) != "multiple":
            person.answers[code] = other
            return
        by_code = question.choices_by_code
        listed = [choice for choice in person.answers[code] if not by_code[choice].exclusive]
        order = list(by_code)
        person.answers[code] = sorted(
            [*listed, other], key=lambda v: order.index(v if isinstance(v, str) else v["choice"])
        )

    def _write(
        self, people: Sequence[Person], code: str, entry: Entry, eloquence: Mapping[Person, float]
    ) -> None:
        able = [person for person in people if self._fits(person, code, entry)]
        if not able:
            return
        author = self.chance.choices(able, [eloquence[person] for person in able])[0]
        author.answers[code] = entry["text"].strip()
        verdict = verdict_on(entry, publishes=author.publishes)
        if verdict:
            author.verdicts[code] = verdict

    def _fits(self, person: Person, code: str, entry: Entry) -> bool:
        free = code not in person.answers and person.is_asked(self.structure, code)
        return free and suits(entry, person.answers, publishes=person.publishes)

    def _close(self, people: Sequence[Person], entry: Entry) -> None:
        """An answer to what is no longer asked of its author."""
        question, [(parent, choice)] = entry["question"], entry["changed"].items()
        able = [
            p
            for p in people
            if p.complete and p.publishes and p.answers.get(parent) == choice
            if question not in p.answers
        ]
        author = self.chance.choice(able)
        author.answers[question] = entry["answer"]
        if "verdict" in entry:
            author.verdicts[question] = entry["verdict"]


def suits(entry: Entry, answers: Mapping[str, Any], *, publishes: bool) -> bool:
    """Whether a person who gave these answers may have written this.

    What a moderator did with a text, or has yet to do, is told of those who agreed to publish.
    """
    if entry["verdict"] != "approved" and not publishes:
        return False
    return all(answers.get(code) in accepted for code, accepted in entry["if"].items())


def verdict_on(entry: Entry, *, publishes: bool) -> Verdict | None:
    """What became of this text, None if it waits or may never be published."""
    verdict = entry["verdict"]
    if verdict == "pending" or not publishes:
        return None
    return ("redacted", entry["public"].strip()) if verdict == "redacted" else verdict


def _demands(entry: Entry) -> tuple[int, bool]:
    return len(entry["if"]), entry["verdict"] != "approved"
