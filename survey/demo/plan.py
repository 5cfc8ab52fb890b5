"""The plan of the demo data, without a database: who answered what, and what became of it.

Of the 95 respondents, 63 speak for a structure and carry the exact figures of 2021; one more gave
a department alone; the others stopped on the way or left the structure out.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from survey import conditions
from survey.demo import figures
from survey.kinds import kind_of
from survey.questionnaire import QuestionSpec, Structure

HERE = Path(__file__).parent
OPENED = datetime(2021, 1, 11, 9, tzinfo=ZoneInfo("Europe/Paris"))
# Days after opening: two mailings, and a tail after each.
WAVES = (
    (0, 24),
    (1, 14),
    (2, 8),
    (4, 6),
    (8, 4),
    (15, 4),
    (28, 16),
    (29, 9),
    (31, 5),
    (40, 3),
    (53, 2),
)

Verdict = str | tuple[str, str]


@dataclass(frozen=True)
class PlannedRespondent:
    """`consents`: participate, publish texts, name structure; `verdicts`: of texts, by question.

    A verdict is "approved", "rejected", or ("redacted", the public text); none is pending.
    """

    started_at: datetime
    completed_at: datetime | None
    consents: tuple[bool, bool, bool]
    answers: Mapping[str, Any]
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass
class _Person:
    """A respondent in the making. `structure`: name and type, or None."""

    name: str = ""
    type: str = ""
    department: str = ""
    sections: int = 99
    complete: bool = False
    publishes: bool = True
    answers: dict[str, Any] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)


def plan(
    structure: Structure, respondents: int = figures.RESPONDENTS, seed: int = 2021
) -> Iterator[PlannedRespondent]:
    """Planned respondents in the order of their numbers, the same each time.

    Another number than 95 is drawn from the 95, with other dates and a little chance.
    """
    chance = random.Random(seed)
    profiles = _Plan(structure, chance).profiles()
    if respondents == len(profiles):
        yield from profiles
        return
    for number in range(respondents):
        yield _again(profiles[chance.randrange(len(profiles))], number, respondents, chance)


def _again(
    profile: PlannedRespondent, number: int, of: int, chance: random.Random
) -> PlannedRespondent:
    """A profile once more, on another date, some answers left out."""
    started = OPENED + timedelta(days=53 * number / of, minutes=chance.randrange(600))
    took = timedelta(minutes=chance.randint(20, 50))
    kept = {code: v for code, v in profile.answers.items() if chance.random() > 0.03}
    return replace(
        profile,
        started_at=started,
        completed_at=started + took if profile.completed_at else None,
        answers=kept or profile.answers,
    )


class _Plan:
    def __init__(self, structure: Structure, chance: random.Random) -> None:
        self.structure = structure
        self.chance = chance
        self.sections = [[q.code for q in s.questions] for s in structure.sections]

    def profiles(self) -> list[PlannedRespondent]:
        named = self._named()
        others = [self._other(place) for place in range(figures.RESPONDENTS - len(named))]
        people = named + others
        self._quotas(named)
        for person in people:
            self._rest(person)
        self._students(named)
        self._dormant(named)
        self._texts(people)
        self.chance.shuffle(people)
        starts = self._starts(len(people))
        return [self._planned(p, start) for p, start in zip(people, starts, strict=True)]

    def _named(self) -> list[_Person]:
        """The people of the 63 structures: 60 went to the end, three did not."""
        people = [
            _Person(name, kind, department, complete=True)
            for kind, by_department in _yaml("structures.yaml").items()
            for department, names in by_department.items()
            for name in names
        ]
        for place in (11, 33, 50):
            people[place].complete, people[place].sections = False, 8
        for person in people:
            person.answers |= {
                "departement": person.department,
                "structure_nom": person.name,
                "structure_type": person.type,
            }
            person.verdicts["structure_nom"] = "approved"
            person.publishes = self.chance.random() < 0.85
            if self.chance.random() < 0.8:
                self._communication(person)
        return people

    def _communication(self, person: _Person) -> None:
        words = "".join(c if c.isalnum() else " " for c in person.name.lower()).split()
        slug = "-".join(words[-3:]).translate(_PLAIN)
        person.answers["structure_communication"] = f"https://{slug}.example"
        person.verdicts["structure_communication"] = "approved"

    def _other(self, place: int) -> _Person:
        """One with a department alone, three more who finished, and those who stopped."""
        person = _Person(publishes=self.chance.random() < 0.7)
        if place < 4:
            person.complete = True
        else:
            person.sections = self.chance.choice((3, 3, 4, 4, 4, 5, 5, 6))
        if place == 0:
            person.answers["departement"] = figures.EXTRA_DEPARTMENT
        return person

    def _quotas(self, named: Sequence[_Person]) -> None:
        """Give the people of the structures the exact counts of 2021."""
        for code, counts in figures.QUOTAS.items():
            values = [choice for choice, count in counts.items() for _ in range(count)]
            answering = self.chance.sample(list(named), len(values))
            for person, value in zip(answering, values, strict=True):
                person.answers[code] = value
        associations = [person for person in named if person.type == "association"]
        at_home = self.chance.sample(associations, figures.HOME_VISITS)
        for person in named:
            person.answers["domicile"] = "oui" if any(person is p for p in at_home) else "non"

    def _rest(self, person: _Person) -> None:
        """All other questions that are asked of this person, as far as they went."""
        exact = {*figures.QUOTAS, "domicile", "departement"}
        for codes in self.sections[: person.sections]:
            for code in codes:
                question = self.structure.questions[code]
                if code in exact or code.startswith("structure_") or not self._asked(person, code):
                    continue
                if self.chance.random() < (0.93 if person.name else 0.8):
                    value = self._value(question)
                    if value is not None:
                        person.answers[code] = value
        if len(person.answers) == 0:
            person.answers["publics_age"] = ["seniors"]

    def _asked(self, person: _Person, code: str) -> bool:
        chosen = {
            c: {row.choice for row in kind_of(self.structure.questions[c]).rows(v) if row.choice}
            for c, v in person.answers.items()
        }
        return code in conditions.asked(self.structure, chosen)

    def _value(self, question: QuestionSpec) -> Any:
        match kind_of(question).measure(question):
            case "ranking":
                return self._ranking(question)
            case "numeric":
                return self.chance.choice(figures.NUMBERS[question.code])
            case "multiple":
                return self._multiple(question)
            case "nominal" | "ordinal":
                return self._single(question)
        return None

    def _ranking(self, question: QuestionSpec) -> list[str]:
        weights = figures.RANKINGS[question.code]
        first = self.chance.choices(list(weights), [w for w, _ in weights.values()])[0]
        mentioned = [c for c, (_, p) in weights.items() if c != first and self.chance.random() < p]
        # Who comes first often also comes early where it does not come first.
        mentioned.sort(key=lambda code: -weights[code][0] * self.chance.uniform(0.3, 2))
        return [first, *mentioned]

    def _multiple(self, question: QuestionSpec) -> list[Any] | None:
        alone = [c.code for c in question.choices if c.exclusive]
        if alone and self.chance.random() < 0.06:
            return alone[:1]
        listed = [c.code for c in question.choices if not c.exclusive and not c.other]
        odds = figures.MULTIPLES
        ticked = [c for n, c in enumerate(listed) if self.chance.random() < odds[min(n, 10)]]
        return ticked or None

    def _single(self, question: QuestionSpec) -> str:
        codes = [c.code for c in question.choices]
        weights = figures.WEIGHTS.get(question.code, [1] * len(codes))
        chosen = self.chance.choices(codes, weights[: len(codes)])[0]
        return codes[0] if chosen in question.other_codes else chosen

    def _students(self, named: Sequence[_Person]) -> None:
        """Six named structures put students first or second, and no other does."""
        ranked = [person for person in named if "publics_csp" in person.answers]
        ahead = self.chance.sample(ranked, figures.STUDENTS_AHEAD)
        for person in ranked:
            others = [item for item in person.answers["publics_csp"] if item != "etudiants"]
            if any(person is p for p in ahead):
                place = self.chance.choice((0, 1))
                person.answers["publics_csp"] = [*others[:place], "etudiants", *others[place:4]]
                self._communication(person)
            elif "etudiants" in person.answers["publics_csp"]:
                late = max(2, len(others) - 1)
                kept = [*others[:late], "etudiants", *others[late:]]
                person.answers["publics_csp"] = kept if len(others) >= 2 else others

    def _dormant(self, named: Sequence[_Person]) -> None:
        """Two people changed an answer that opened another: what they had said stays behind."""
        two = [person for person in named if person.answers.get("tiers_lieu") == "non"][:2]
        for person in two:
            person.answers["tiers_lieu_forme"] = "de_fait"

    def _texts(self, people: Sequence[_Person]) -> None:
        """Each text to somebody of whom its question was asked."""
        texts = _yaml("texts.yaml")
        for code, precisions in texts["autre"].items():
            self._precise(people, code, precisions)
        for code, written in texts.items():
            if code != "autre":
                self._write(people, code, written)

    def _precise(self, people: Sequence[_Person], code: str, precisions: Sequence[str]) -> None:
        question = self.structure.questions[code]
        several = kind_of(question).measure(question) == "multiple"
        # A question with exact counts has its « Autre » already, to be made precise.
        able = [
            p
            for p in people
            if (p.answers.get(code) == "autre" if code in figures.QUOTAS else p.answers.get(code))
        ]
        for person, words in zip(
            self.chance.sample(able, len(precisions)), precisions, strict=True
        ):
            other = {"choice": "autre", "other": words}
            listed = [c for c in person.answers[code] if several and c not in _alone(question)]
            person.answers[code] = [*listed, other] if several else other
            if person.publishes:
                person.verdicts[code] = "approved"

    def _write(self, people: Sequence[_Person], code: str, written: Sequence[Any]) -> None:
        place = next(n for n, codes in enumerate(self.sections) if code in codes)
        able = [p for p in people if p.sections > place and self._asked(p, code)]
        for person, entry in zip(self.chance.sample(able, len(written)), written, strict=True):
            entry = {"text": entry} if isinstance(entry, str) else entry
            person.answers[code] = entry["text"].strip()
            verdict = entry.get("verdict", "approved")
            if verdict == "redacted":
                person.publishes = True
                person.verdicts[code] = ("redacted", entry["public"])
            elif verdict == "rejected":
                person.verdicts[code] = "rejected"
            elif verdict == "approved":
                person.verdicts[code] = "approved"

    def _starts(self, count: int) -> list[datetime]:
        days = [day for day, share in WAVES for _ in range(share)]
        starts = [
            OPENED + timedelta(days=days[n % len(days)], minutes=self.chance.choice(_MINUTES))
            for n in range(count)
        ]
        return sorted(starts)

    def _planned(self, person: _Person, started_at: datetime) -> PlannedRespondent:
        took = timedelta(minutes=self.chance.randint(20, 50), days=self.chance.choice((0, 0, 0, 2)))
        order = [code for codes in self.sections for code in codes]
        verdicts = {
            code: verdict
            for code, verdict in person.verdicts.items()
            if person.publishes or verdict == "rejected" or code.startswith("structure_")
        }
        return PlannedRespondent(
            started_at=started_at,
            completed_at=started_at + took if person.complete else None,
            consents=(True, person.publishes, bool(person.name)),
            answers={code: person.answers[code] for code in order if code in person.answers},
            verdicts=verdicts,
        )


_MINUTES = tuple(range(0, 9 * 60, 7))
_PLAIN = str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc")


def _alone(question: QuestionSpec) -> frozenset[str]:
    return frozenset(choice.code for choice in question.choices if choice.exclusive)


@cache
def _yaml(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
