"""What sentences are made of: nouns that agree, labels, and how counts and fractions are said."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.summaries import Base, Crossed, Shares, Summary
from survey.french import NARROW_SPACE, number, percent

NEAR = 0.02
FRACTIONS = {
    1 / 4: "un quart",
    1 / 3: "un tiers",
    2 / 3: "les deux tiers",
    3 / 4: "les trois quarts",
}
NEARLY_HALF, OVER_HALF = 0.455, 0.6
SMALL_BASE = 10
IN_WORDS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")


@dataclass(frozen=True)
class Noun:
    one: str
    many: str
    feminine: bool = False

    def of(self, count: int) -> str:
        """« 1 structure », « 36 structures »; zero is singular."""
        return f"{number(count)} {self.agreed(count)}"

    def agreed(self, count: int) -> str:
        return self.one if count < 2 else self.many

    @property
    def alone(self) -> str:
        return "une" if self.feminine else "un"

    @property
    def they(self) -> str:
        return "elles" if self.feminine else "ils"

    def among(self, count: int, base: int) -> str:
        """« une structure sur 7 », « 3 structures sur 7 », « une des deux structures »."""
        how_many = self.alone if count == 1 else number(count)
        if (count, base) == (1, 2):
            return f"{how_many} des deux {self.many}"
        return f"{how_many} {self.agreed(count)} sur {number(base)}"


PERSON = Noun("personne", "personnes", feminine=True)


@dataclass(frozen=True)
class Phrase:
    """How giving an answer is said: « intervient à domicile », « interviennent à domicile ».

    `none`: the same of nobody, with its negation: « n’intervient à domicile ».
    `all`: of an answer that is a negation itself, what nobody does where all give it:
    « n’utilise de logiciels libres ». `then`: of several, after another answer to the question:
    « en utilisent parfois ».
    """

    one: str
    many: str
    none: str = ""
    all: str = ""
    then: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one block.

    `subject`: what it counts; `measure`: how its answers were given; `says`: phrases of choices
    that have one, or of several put together as templates do; `groups`: those that it is crossed
    by; `within`: how to say that one is in each group of choices put together; `people`: those
    who answer.
    """

    labels: Mapping[str, str]
    subject: Noun
    unit: str = ""
    unit_one: str = ""
    template: str = ""
    groups: Mapping[str, Noun] = field(default_factory=dict)
    within: Mapping[str, str] = field(default_factory=dict)
    measure: str = "nominal"
    says: Mapping[str, Phrase] = field(default_factory=dict)
    people: Noun = PERSON


@dataclass(frozen=True)
class Facts:
    """All that a block's sentence may speak of; of a protected group, not who did not answer."""

    summary: Summary
    base: Base
    wording: Wording
    crossed: Crossed | None = None
    grouped: Shares | None = None
    is_protected: bool = False


def leading(shares: Shares) -> list[str]:
    """Choices somebody made, the most frequent first; ties in the choices' order."""
    made = [choice for choice, count in shares.counts.items() if count]
    return sorted(made, key=lambda choice: -shares.counts[choice])


def share_of(count: int, base: int) -> str:
    """« 38 % », or « 3 sur 7 » where the base is too small for percentages."""
    if base < SMALL_BASE:
        return f"{count} sur {base}"
    return rounded(count / base)


def rounded(share: float) -> str:
    """« 38 % »; some are never said to be none, nor nearly all to be all."""
    if 0 < share < 0.005:
        return f"moins de {percent(0.01)}"
    if 0.995 <= share < 1:
        return f"plus de {percent(0.99)}"
    return percent(share)


def fraction(share: float) -> str:
    """« les deux tiers (65 %) », « plus de la moitié (54 %) », else « 38 % »."""
    figure = rounded(share)
    if NEARLY_HALF <= share <= OVER_HALF:
        return f"{_about_half(share)} ({figure})"
    for value, words in FRACTIONS.items():
        if abs(share - value) <= NEAR + 1e-9:
            return f"{words} ({figure})"
    return figure


def _about_half(share: float) -> str:
    if percent(share) == percent(0.5):
        return "la moitié"
    return "près de la moitié" if share < 0.5 else "plus de la moitié"


def in_words(count: int) -> str:
    """« deux », « neuf », then figures: « 10 »."""
    return IN_WORDS[count - 2] if 2 <= count <= 9 else number(count)


def not_asked(base: Base) -> str:
    """« 3 non posées, dont 1 non concernée »; « 3 non concernées » where all said so themselves."""
    unasked = Noun("non posée", "non posées").of(base.not_asked)
    if not base.not_concerned:
        return unasked
    unconcerned = Noun("non concernée", "non concernées").of(base.not_concerned)
    return unconcerned if base.not_concerned == base.not_asked else f"{unasked}, dont {unconcerned}"


def with_unit(value: float, unit: str, unit_one: str) -> str:
    """« 12 séances », « 1,5 an »: below two is singular."""
    return f"{number(value, 1)} {unit_one if abs(value) < 2 and unit_one else unit}".strip()


def capitalised(sentence: str) -> str:
    """The sentence with its first letter raised, guillemets and all left as they are."""
    return sentence[:1].upper() + sentence[1:]


SEMICOLON = f"{NARROW_SPACE};"
