import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError

from survey.kinds.base import Kind
from survey.kinds.single import Single
from survey.questionnaire import ChoiceSpec, QuestionSpec
from survey.widgets import Department as DepartmentWidget

# Source: Insee, Code officiel géographique: the 101 departments, overseas ones last.
DEPARTMENTS = """
    01 Ain
    02 Aisne
    03 Allier
    04 Alpes-de-Haute-Provence
    05 Hautes-Alpes
    06 Alpes-Maritimes
    07 Ardèche
    08 Ardennes
    09 Ariège
    10 Aube
    11 Aude
    12 Aveyron
    13 Bouches-du-Rhône
    14 Calvados
    15 Cantal
    16 Charente
    17 Charente-Maritime
    18 Cher
    19 Corrèze
    2A Corse-du-Sud
    2B Haute-Corse
    21 Côte-d’Or
    22 Côtes-d’Armor
    23 Creuse
    24 Dordogne
    25 Doubs
    26 Drôme
    27 Eure
    28 Eure-et-Loir
    29 Finistère
    30 Gard
    31 Haute-Garonne
    32 Gers
    33 Gironde
    34 Hérault
    35 Ille-et-Vilaine
    36 Indre
    37 Indre-et-Loire
    38 Isère
    39 Jura
    40 Landes
    41 Loir-et-Cher
    42 Loire
    43 Haute-Loire
    44 Loire-Atlantique
    45 Loiret
    46 Lot
    47 Lot-et-Garonne
    48 Lozère
    49 Maine-et-Loire
    50 Manche
    51 Marne
    52 Haute-Marne
    53 Mayenne
    54 Meurthe-et-Moselle
    55 Meuse
    56 Morbihan
    57 Moselle
    58 Nièvre
    59 Nord
    60 Oise
    61 Orne
    62 Pas-de-Calais
    63 Puy-de-Dôme
    64 Pyrénées-Atlantiques
    65 Hautes-Pyrénées
    66 Pyrénées-Orientales
    67 Bas-Rhin
    68 Haut-Rhin
    69 Rhône
    70 Haute-Saône
    71 Saône-et-Loire
    72 Sarthe
    73 Savoie
    74 Haute-Savoie
    75 Paris
    76 Seine-Maritime
    77 Seine-et-Marne
    78 Yvelines
    79 Deux-Sèvres
    80 Somme
    81 Tarn
    82 Tarn-et-Garonne
    83 Var
    84 Vaucluse
    85 Vendée
    86 Vienne
    87 Haute-Vienne
    88 Vosges
    89 Yonne
    90 Territoire de Belfort
    91 Essonne
    92 Hauts-de-Seine
    93 Seine-Saint-Denis
    94 Val-de-Marne
    95 Val-d’Oise
    971 Guadeloupe
    972 Martinique
    973 Guyane
    974 La Réunion
    976 Mayotte
"""


def _choice(line: str) -> ChoiceSpec:
    code, name = line.strip().split(" ", 1)
    return ChoiceSpec(code, f"{name} ({code})")


class Department(Single):
    """A French department by its official code, or abroad."""

    code = "department"
    name = "département"
    options = frozenset()
    own_choices = (
        *map(_choice, DEPARTMENTS.strip().splitlines()),
        ChoiceSpec("hors_de_france", "Hors de France"),
    )

    def measure(self, question: QuestionSpec) -> str:
        return "nominal"

    def clean(self, question: QuestionSpec, value: Any) -> Any:
        if not isinstance(value, str):
            return super().clean(question, value)
        written = " ".join(value.split())
        if not written:
            return None
        for choice in question.choices:
            if _plain(written) in _spellings(choice):
                return choice.code
        raise ValidationError(
            "Ce département n’est pas dans la liste\u00a0: écrivez son numéro ou son nom.",
            code="choice",
        )

    def widget(self, question: QuestionSpec) -> DepartmentWidget:
        return DepartmentWidget(question)

    def problems(self, question: QuestionSpec) -> Iterator[tuple[str, str]]:
        return Kind.problems(self, question)


@cache  # A hundred departments, the same ones for every answer that an import reads.
def _spellings(choice: ChoiceSpec) -> frozenset[str]:
    name = choice.label.removesuffix(f" ({choice.code})")
    without_article = name.removeprefix("La ")
    spellings = (choice.code, choice.code.lstrip("0"), choice.label, name, without_article)
    return frozenset(map(_plain, spellings))


def _plain(written: str) -> str:
    """Letters and digits as anybody types them: no accents, case, hyphens or apostrophes."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    spaced = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(spaced.split())
