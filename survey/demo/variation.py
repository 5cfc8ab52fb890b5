"""One of the 95 once more: the same person in outline, with other numbers and other texts."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from survey.demo import data, dates
from survey.demo.person import PlannedRespondent, Verdict
from survey.demo.quoting import suits, verdict_on
from survey.kinds import NOT_CONCERNED, Shape, kind_of
from survey.questionnaire import QuestionSpec, Structure

SKIPPED_MOST = 3
"""How many answers at most are left out, beside those of the profile."""


@dataclass(frozen=True)
class Variation:
    structure: Structure
    profile: PlannedRespondent

    def draw(self, started_at: datetime, chance: random.Random) -> PlannedRespondent:
        """Somebody like the profile, who started then."""
        answers, verdicts = dict(self.profile.answers), dict(self.profile.verdicts)
        for code in self._numbers:
            answers[code] = self._number(code, answers[code], chance)
        for code, texts in self._texts.items():
            answers[code], verdict = chance.choice(texts)
            verdicts.pop(code, None)
            if verdict:
                verdicts[code] = verdict
        for code in self._skipped(chance):
            answers.pop(code, None)
            verdicts.pop(code, None)
        completed = self.profile.completed_at and dates.completed(started_at, chance)
        consents = self.profile.consents
        return PlannedRespondent(started_at, completed, consents, answers, verdicts)

    @cached_property
    def _questions(self) -> Mapping[str, QuestionSpec]:
        return {code: self.structure.questions[code] for code in self.profile.answers}

    @cached_property
    def _numbers(self) -> list[str]:
        numbers = [c for c, q in self._questions.items() if kind_of(q).shape == Shape.NUMBER]
        return [code for code in numbers if self._concerns(code)]

    def _concerns(self, code: str) -> bool:
        return self.profile.answers.get(code, NOT_CONCERNED) != NOT_CONCERNED

    def _number(self, code: str, value: float, chance: random.Random) -> float:
        """Near the profile's, no further out than any; whole if the profile's was."""
        known = data.figures()["numbers"][code]
        varied = min(max(value * chance.uniform(0.8, 1.25), min(known)), max(known))
        rounded = round(varied) if isinstance(value, int) else round(varied, 1)
        return int(rounded) if rounded == int(rounded) else rounded

    @cached_property
    def _texts(self) -> Mapping[str, list[tuple[str, Verdict | None]]]:
        """What this person may have written at each question where they wrote."""
        publishes, answers = self.profile.consents[1], self.profile.answers
        fitting = {
            code: [entry for entry in entries if suits(entry, answers, publishes=publishes)]
            for code, entries in data.texts().items()
            if self._concerns(code)
        }
        return {
            code: [(e["text"].strip(), verdict_on(e, publishes=publishes)) for e in entries]
            for code, entries in fitting.items()
            if entries
        }

    @cached_property
    def _optional(self) -> list[str]:
        """Answers that can be left out without closing another question or an empty whole."""
        parents = {q.condition.question for q in self.structure.questions.values() if q.condition}
        kept = {"departement", *parents}
        free = [c for c in self._questions if c not in kept and not c.startswith("structure_")]
        return free if len(free) > SKIPPED_MOST else []

    def _skipped(self, chance: random.Random) -> list[str]:
        if not self._optional:
            return []
        return chance.sample(self._optional, chance.randrange(SKIPPED_MOST + 1))
