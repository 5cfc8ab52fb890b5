"""What must stay true of the figures for a commentary to hold: one guard a line.

share tiers_lieu oui entre 30 et 50
count domicile oui = 8
lead structure_type est association
median seances_duree < 120
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from analysis.cited import COLON, NO_VALUE, OF_EVERYBODY, WORDS, Figure, number_of, sentence
from analysis.figures import FIGURES
from analysis.report import Report
from analysis.templates import NoFigure
from survey.french import quoted

BETWEEN, IS, IS_NOT = "entre", "=", "≠"
OPERATORS = {
    "entre": BETWEEN,
    "between": BETWEEN,
    "est": IS,
    "is": IS,
    "n’est pas": IS_NOT,
    "is not": IS_NOT,
    "au moins": "≥",
    "au plus": "≤",
    "moins de": "<",
    "plus de": ">",
    "!=": IS_NOT,
    "<>": IS_NOT,
    "==": IS,
    "<=": "≤",
    ">=": "≥",
    **{sign: sign for sign in "=≠≤≥<>"},
}
"""How each comparison may be written, and what it is."""

HOLDS: Mapping[str, Callable[..., bool]] = {
    BETWEEN: lambda value, low, high: low <= value <= high,
    IS: lambda value, bound: value == bound,
    IS_NOT: lambda value, bound: value != bound,
    "<": lambda value, bound: value < bound,
    ">": lambda value, bound: value > bound,
    "≤": lambda value, bound: value <= bound,
    "≥": lambda value, bound: value >= bound,
}
NAMES = frozenset({*FIGURES, *OF_EVERYBODY})
NOT_NUMBERS = WORDS | {"label", "groups", "by", "places"}
GUILLEMETS = " «»\u00a0\u202f"
EXAMPLE = "share tiers_lieu oui entre 30 et 50"


def _either(operators: list[str]) -> str:
    return "|".join(map(re.escape, sorted(operators, key=len, reverse=True)))


_WRITTEN = re.compile(
    rf"\s+({_either([o for o in OPERATORS if o[0].isalpha()])})\s+"
    rf"|\s*({_either([o for o in OPERATORS if not o[0].isalpha()])})\s*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?:et|and)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Guard:
    """`figure` compared with `bounds`, numbers as written, or one code."""

    written: str
    figure: Figure
    operator: str
    bounds: tuple[str, ...]

    @classmethod
    def parse(cls, line: str) -> Self | None:
        """The guard that this line says; None if it compares nothing."""
        plain = line.strip(GUILLEMETS).replace("{{", "").replace("}}", "").replace("'", "’")
        found = _WRITTEN.search(plain)
        if found is None:
            return None
        operator = OPERATORS[(found[1] or found[2]).lower()]
        rest = plain[found.end() :].strip()
        bounds = _AND.split(rest) if operator == BETWEEN else [rest]
        return cls(line.strip(), _figure(plain[: found.start()]), operator, tuple(bounds))

    def problem(self, report: Report) -> str:
        """What is wrong and what to write instead, in French; "" if nothing is."""
        if problem := self.figure.problem(report):
            return problem
        if "" in self.bounds:
            return f"il manque une valeur{COLON} écrivez par exemple {EXAMPLE}"
        if self.figure.name in WORDS:
            return self._code_problem(report)
        if self.figure.name in NOT_NUMBERS:
            return f"{quoted(self.figure.name)} ne se compare pas{COLON} écrivez count ou share"
        return self._bounds_problem()

    def _code_problem(self, report: Report) -> str:
        codes = self._labels(report)
        if self.operator not in (IS, IS_NOT):
            return f"{quoted(self.figure.name)} se compare par « est » ou « n’est pas »"
        if self.bounds[0] not in codes:
            known = ", ".join(codes)
            return f"{quoted(self.bounds[0])} n’en fait pas partie{COLON} écrivez l’un de {known}"
        return ""

    def _bounds_problem(self) -> str:
        if self.operator == BETWEEN and len(self.bounds) != 2:
            return f"il faut deux bornes{COLON} écrivez entre 30 et 50"
        for bound in self.bounds:
            try:
                number_of(bound)
            except ValueError:
                return f"{quoted(bound)} n’est pas un nombre{COLON} écrivez par exemple 30"
            if "%" in bound and not self.figure.is_share:
                return f"{quoted(self.figure.name)} n’est pas une part{COLON} écrivez-le sans %"
        numbers = [number_of(bound) for bound in self.bounds]
        if numbers != sorted(numbers):
            return f"la plus petite borne vient en premier{COLON} écrivez entre 30 et 50"
        return ""

    def _labels(self, report: Report) -> Mapping[str, str]:
        """What the figure may name, as it says it, by code; a group is its own code."""
        facts = report.blocks[self.figure.code].facts
        if self.figure.name == "group":
            return {group: group for group in facts.grouped.counts}
        return {code: quoted(label) for code, label in facts.wording.labels.items()}

    def failure(self, report: Report) -> str:
        """What the figure is now, where that is not what the guard wants; "" if it holds."""
        if self.problem(report):
            return "ce chiffre n’existe plus"
        try:
            words = self.figure.words(report)
        except NoFigure:
            words = NO_VALUE
        holds = words != NO_VALUE and self._holds(words, report)
        return "" if holds else f"aujourd’hui{COLON} {words}"

    def _holds(self, words: str, report: Report) -> bool:
        if self.figure.name in WORDS:
            return HOLDS[self.operator](words, self._labels(report)[self.bounds[0]])
        return HOLDS[self.operator](number_of(words), *map(number_of, self.bounds))


def _figure(written: str) -> Figure:
    """The figure, whose forms say nothing to a guard; a block and its choice alone mean a share."""
    figure = replace(Figure.parse(written), forms=())
    if figure.name in NAMES or figure.of or not figure.code:
        return figure
    return Figure("share", figure.name, figure.code)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def problems(text: str, report: Report) -> list[str]:
    """What is wrong in these guards, line by line, in French."""
    found = []
    for place, line in enumerate(lines(text), start=1):
        guard = Guard.parse(line)
        compares = f"cela ne compare rien{COLON} écrivez par exemple {EXAMPLE}"
        problem = guard.problem(report) if guard else compares
        if problem:
            found.append(sentence(f"Garde {place}, {quoted(line)}{COLON} {problem}"))
    return found


def failures(text: str, report: Report) -> list[str]:
    """The guards that do not hold, each with its figure now."""
    found = []
    for line in lines(text):
        guard = Guard.parse(line)
        failure = guard.failure(report) if guard else "illisible"
        if failure:
            found.append(f"{line} ({failure})")
    return found
