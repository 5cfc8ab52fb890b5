"""Figures that editors cite in a text: `share tiers_lieu oui`, the figure, its block, its choice.

They are those of the sentences, and their words come from the same function.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from analysis.figures import COUNTS, FIGURES, OF_CHOICE, OF_GROUPS, OF_PLACE
from analysis.report import PARTICIPATION, Block, Report
from analysis.templates import NoFigure, fill
from analysis.wording import Noun
from survey.french import NO_BREAK_SPACE, number, percent, quoted

OF_EVERYBODY = ("base", "total", "complete", "partial", "departments")
"""The figures of participation, which has no question: they are of the respondents."""

CROSSED = frozenset({"groups", "by"})
WORDS = frozenset({"lead", "first", "mentioned", "group"})
"""Figures that name a choice or a group rather than count."""

NO_VALUE = "—"
COLON = f"{NO_BREAK_SPACE}:"
CODES_SHOWN = 12

MEANINGS = {
    "base": "réponses à la question",
    "asked": "personnes à qui elle a été posée",
    "total": "personnes en tout",
    "missing": "sans réponse (na)",
    "complete": "réponses complètes",
    "partial": "réponses partielles",
    "departments": "départements",
    "share": "part d’un choix",
    "count": "effectif d’un choix",
    "fraction": "part d’un choix, en mots si elle est simple",
    "label": "libellé d’un choix",
    "lead": "choix en tête (suivi de 2, 3… : le suivant)",
    "lead_share": "part du choix en tête",
    "lead_count": "effectif du choix en tête",
    "groups": "de quels groupes viennent les réponses à un choix",
    "by": "les mêmes groupes, énumérés",
    "group": "groupe en tête",
    "group_count": "effectif du groupe en tête",
    "places": "d’où viennent le plus de réponses",
    "first": "le plus souvent placé en premier",
    "first_count": "combien de fois",
    "first_share": "part de qui le place en premier",
    "mentioned": "le plus mentionné, à n’importe quel rang",
    "mentioned_count": "combien de fois",
    "mentioned_share": "part de qui le mentionne",
    "mentions": "combien de personnes mentionnent un choix",
    "mean_rank": "rang moyen d’un choix parmi elles",
    "minimum": "la plus petite valeur",
    "q1": "premier quartile",
    "median": "médiane",
    "mean": "moyenne",
    "q3": "troisième quartile",
    "maximum": "la plus grande valeur",
    "published": "textes publiés",
}

_OUT_OF = re.compile(r"(\d+) sur (\d+)")
_IN_BRACKETS = re.compile(r".*\((.+)\)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_AS_WRITTEN = str.maketrans({",": ".", "−": "-"})


@dataclass(frozen=True)
class Figure:
    """`name` of the block `code`, of a choice or place `of`; `forms` agree with a count."""

    name: str
    code: str = ""
    of: str = ""
    forms: tuple[str, ...] = ()

    @classmethod
    def parse(cls, written: str) -> Self:
        """`count tiers_lieu oui : structure : structures`."""
        expression, *forms = (part.strip() for part in written.split(":"))
        name, code, of = [*expression.split(maxsplit=2), "", "", ""][:3]
        return cls(name, code, of, tuple(forms))

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.code, self.of)))

    @property
    def is_share(self) -> bool:
        return self.name == "fraction" or self.name.endswith("share")

    def problem(self, report: Report) -> str:
        """What is wrong and what to write instead, in French; "" if nothing is."""
        block = report.blocks.get(self.code)
        if block and not names_of(block):
            return f"le bloc {quoted(self.code)} n’a pas de chiffre à citer"
        if block and self.name not in names_of(block):
            return self._no_such_name(names_of(block), f" dans le bloc {quoted(self.code)}")
        if self.name in report.blocks:
            return f"il manque le chiffre{COLON} écrivez par exemple base {self.name}"
        if self.name not in MEANINGS.keys() | FIGURES.keys():
            return self._no_such_name([*MEANINGS], "")
        if block is None:
            return self._no_such_block(report)
        return self._of_problem(block) or self._forms_problem()

    def _no_such_name(self, names: Sequence[str], where: str) -> str:
        if not self.name:
            return f"il manque le chiffre{COLON} écrivez par exemple base {PARTICIPATION}"
        near = _nearest(self.name, names)
        return f"le chiffre {quoted(self.name)} n’existe pas{where}{COLON} écrivez {near}"

    def _no_such_block(self, report: Report) -> str:
        if self.code:
            near = _nearest(self.code, [*report.blocks])
            return f"le bloc {quoted(self.code)} n’existe pas{COLON} écrivez {near}"
        having = (code for code, block in report.blocks.items() if self.name in names_of(block))
        example = f"{self.name} {next(having, 'bloc')}"
        return f"{quoted(self.name)} ne dit pas de quel bloc{COLON} écrivez par exemple {example}"

    def _of_problem(self, block: Block) -> str:
        if self.name in OF_CHOICE:
            return self._choice_problem(block)
        whole = f"{self.name} {self.code}"
        if self.of and self.name not in OF_PLACE:
            return f"{quoted(self.of)} est de trop{COLON} écrivez {whole}"
        return self._place_problem(block, whole) if self.of else ""

    def _place_problem(self, block: Block, whole: str) -> str:
        if not (self.of.isdecimal() and int(self.of)):
            return f"{quoted(self.of)} n’est pas une place{COLON} écrivez {whole} 2"
        places = block.facts.grouped.counts if self.name in OF_GROUPS else block.question.choices
        if int(self.of) > len(places):
            return f"il n’y a que {len(places)} places{COLON} écrivez {whole} {len(places)}"
        return ""

    def _choice_problem(self, block: Block) -> str:
        choices = block.question.choice_codes
        if self.of in choices:
            return ""
        missing = (
            f"{quoted(self.of)} n’est pas un choix du bloc {quoted(self.code)}"
            if self.of
            else f"il manque le choix après {quoted(str(self))}"
        )
        return f"{missing}{COLON} écrivez {_nearest(self.of, choices)}"

    def _forms_problem(self) -> str:
        if self.forms and self.name not in COUNTS | {*OF_EVERYBODY}:
            return f"{quoted(self.name)} n’est pas un effectif{COLON} écrivez-le sans deux-points"
        if len(self.forms) not in (0, 2):
            pair = f"{self} : réponse : réponses"
            return f"il faut deux formes, pour un et pour plusieurs{COLON} écrivez {pair}"
        return ""

    def words(self, report: Report) -> str:
        """The figure as it is now, as plain text; raise NoFigure where there is none."""
        if self.problem(report):
            raise NoFigure(str(self))
        block = report.blocks[self.code]
        if block.facts is None:
            count = _of_everybody(self.name, report)
            return Noun(*self.forms).of(count) if self.forms else number(count)
        written = " : ".join((f"{self.name} {self.of}".strip(), *self.forms))
        return fill(f"{{{written}}}", block.facts)

    def value(self, report: Report) -> float:
        """The figure as a reader sees it, rounded; a share in percent. Raise NoFigure."""
        return number_of(Figure(self.name, self.code, self.of).words(report))


def number_of(words: str) -> float:
    """The number that « 1 234,5 », « 38 % », « un tiers (33 %) » or « 3 sur 7 » says.

    A part of a few is in percent like other shares; « moins de 1 % » is 1. Raise ValueError where
    there is no number.
    """
    if few := _OUT_OF.fullmatch(words):
        words = percent(int(few[1]) / int(few[2]))
    if told := _IN_BRACKETS.fullmatch(words):
        words = told[1]
    words = words.removeprefix("moins de ").removeprefix("plus de ")
    plain = "".join(words.translate(_AS_WRITTEN).removesuffix("%").split())
    if not _NUMBER.fullmatch(plain):
        raise ValueError(words)
    return float(plain)


def names_of(block: Block) -> list[str]:
    """The figures that this block has."""
    if block.code == PARTICIPATION:
        return [*OF_EVERYBODY]
    if block.facts is None:
        return []
    sources = ((CROSSED, block.facts.crossed), (OF_GROUPS, block.facts.grouped))
    absent = {name for names, source in sources if source is None for name in names}
    return [
        name
        for name, (measures, _) in FIGURES.items()
        if block.measure in measures and name not in absent
    ]


def examples(block: Block, report: Report) -> Mapping[Figure, str]:
    """What one may cite of a block, one figure a name, with what each says now."""
    choice = next(iter(block.question.choice_codes), "") if block.question else ""
    cited = [
        Figure(name, block.code, choice if name in OF_CHOICE else "") for name in names_of(block)
    ]
    return {figure: said(figure, report) for figure in cited}


def said(figure: Figure, report: Report) -> str:
    """The figure's words, or « — » where these answers do not have it."""
    try:
        return figure.words(report)
    except NoFigure:
        return NO_VALUE


def sentence(problem: str) -> str:
    """With its full stop, unless a list goes on."""
    return problem if problem.endswith("…") else f"{problem}."


def _of_everybody(name: str, report: Report) -> int:
    everybody = report.respondents
    counts = {
        "base": everybody.total,
        "total": everybody.total,
        "complete": everybody.complete,
        "partial": everybody.partial,
        "departments": report.departments,
    }
    if counts[name] is None:
        raise NoFigure(name)
    return counts[name]


def _nearest(written: str, known: Sequence[str]) -> str:
    """The codes that resemble this one, or else the first ones: « a, b ou c »."""
    near = get_close_matches(written, known, n=3) or list(known[:CODES_SHOWN])
    rest = "…" if len(near) == CODES_SHOWN < len(known) else ""
    if len(near) < 2 or rest:
        return ", ".join(near) + rest
    return f"{', '.join(near[:-1])} ou {near[-1]}"
