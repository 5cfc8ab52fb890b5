"""Participation: how many had answered by the end of each day, and how many had finished."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pandas as pd
from django.utils.formats import date_format

from analysis.charts.curve import Curve, Point, Tick
from analysis.declarations import Declaration
from analysis.frame import Frame
from analysis.measures import nominal
from analysis.summaries import Base
from analysis.tables import Table
from analysis.templates import fill
from analysis.wording import Facts, Noun, Wording, capitalised
from survey.dates import day_of_month, period
from survey.french import NO_BREAK_SPACE, number
from survey.questionnaire import Structure

PARTICIPATION = "participation"
"""The code of its block, and of the section that it opens."""

DEPARTMENT, ABROAD = "department", "hors_de_france"
NOTHING_YET = "Aucune réponse pour l’instant."
RESPONSES = Noun("réponse", "réponses")
COMPLETE, PARTIAL = Noun("complète", "complètes"), Noun("partielle", "partielles")
DAYS_A_WEEK = 7
LONG_DAYS = 60
"""Beyond so many days, the table has a row a week and the curve a tick a month."""


@dataclass(frozen=True)
class Day:
    """By its end, so many had answered, and so many of them had finished."""

    day: date
    responses: int
    complete: int

    @property
    def partial(self) -> int:
        return self.responses - self.complete


@dataclass(frozen=True)
class Participation:
    """`days`: those on which somebody started or finished."""

    days: tuple[Day, ...]

    @property
    def base(self) -> int:
        return self.days[-1].responses if self.days else 0

    @property
    def complete(self) -> int:
        return self.days[-1].complete if self.days else 0

    @property
    def partial(self) -> int:
        return self.base - self.complete

    @property
    def sentence(self) -> str:
        """« 95 réponses reçues du 12 janvier au 5 mars 2021 : 64 complètes et 31 partielles. »"""
        if not self.days:
            return NOTHING_YET
        last = self.days[-1]
        arrived = next(each.day for each in self.days if each.responses == last.responses)
        when = period(self.days[0].day, arrived)
        if last.responses == 1:
            return (
                f"Une seule réponse, {'complète' if last.complete else 'partielle'}, reçue {when}."
            )
        received = f"{number(last.responses)} réponses reçues {when}"
        if not last.complete or not last.partial:
            return f"{received}, toutes {'complètes' if last.complete else 'partielles'}."
        parts = f"{COMPLETE.of(last.complete)} et {PARTIAL.of(last.partial)}"
        return f"{received}{NO_BREAK_SPACE}: {parts}."

    @property
    def chart(self) -> Curve:
        if not self.days:
            return Curve(())
        last = self.days[-1]
        return Curve(
            tuple(Point(each.day, each.responses, each.complete) for each in self.days),
            tuple(self._ticks()),
            RESPONSES.of(last.responses),
            COMPLETE.of(last.complete),
            PARTIAL.of(last.partial),
        )

    @property
    def table(self) -> Table:
        """A row a day, or of a long campaign a row a week: where its last day left the counts."""
        counts = ("Réponses, cumulées", "dont complètes", "dont partielles")
        if self._lasted <= LONG_DAYS:
            return Table(("Jour", *counts), tuple(_row(each.day, each) for each in self.days))
        weeks = groupby(self.days, key=lambda each: _monday(each.day))
        rows = tuple(_row(monday, list(days)[-1]) for monday, days in weeks)
        return Table(("Semaine du", *counts), rows)

    @property
    def figures(self) -> dict[str, Any]:
        return {
            "curve": [
                {
                    "date": each.day.isoformat(),
                    "responses": each.responses,
                    "complete": each.complete,
                }
                for each in self.days
            ]
        }

    @property
    def _lasted(self) -> int:
        """How many days, from the first of an answer to the last."""
        return (self.days[-1].day - self.days[0].day).days + 1 if self.days else 0

    def _ticks(self) -> Iterator[Tick]:
        """Months of a long campaign, Mondays of a shorter one, days of a short one."""
        first, last = self.days[0].day, self.days[-1].day
        if self._lasted > LONG_DAYS:
            named = "F" if first.year == last.year else "F Y"
            yield from (Tick(day, date_format(day, named)) for day in _months(first, last))
            return
        step = DAYS_A_WEEK if self._lasted > 2 * DAYS_A_WEEK else 1
        start = first if step == 1 else _monday(first + timedelta(days=DAYS_A_WEEK - 1))
        for passed in range(0, (last - start).days + 1, step):
            day = start + timedelta(days=passed)
            yield Tick(day, day_of_month(day))


def section_of(structure: Structure) -> str:
    """The code of the section that the block opens: its own, else the first of the campaign."""
    codes = [section.code for section in structure.sections]
    return PARTICIPATION if PARTICIPATION in codes else codes[0]


def sentence(told: Participation, declaration: Declaration) -> str:
    """The editors' own where they wrote one; of one response or none, no template reads well."""
    template = declaration.block(PARTICIPATION).sentence
    if not template or told.base < 2:
        return told.sentence
    base = Base(told.base, told.base, told.base)
    return capitalised(fill(template, Facts(told, base, Wording({}, declaration.people))))


def departments(frame: Frame, structure: Structure) -> int:
    """How many departments people answered from."""
    asked = [q for q in structure.questions.values() if q.kind == DEPARTMENT]
    shares = [nominal.summarise(frame.answers(q.code), q.choice_codes) for q in asked]
    given = {code for s in shares for code, count in s.counts.items() if count}
    return len(given - {ABROAD})


def of(people: pd.DataFrame) -> Participation:
    """The participation of a frame's people."""
    started = people["day"].value_counts()
    finished = people["completed_on"].value_counts()
    counts = pd.DataFrame({"responses": started, "complete": finished}).fillna(0).sort_index()
    totals = counts.cumsum().astype(int)
    return Participation(tuple(Day(*row) for row in totals.itertuples(name=None)))


def _row(day: date, counts: Day) -> tuple[date, int, int, int]:
    return day, counts.responses, counts.complete, counts.partial


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _months(first: date, last: date) -> Sequence[date]:
    """The first days of the months from the one to the other."""
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    return [date(month // 12, month % 12 + 1, 1) for month in months]
