"""Editors' own sentences: « {share oui} des structures se considèrent comme un tiers-lieu. »

A figure stands between braces: its name, then what it is of. Two forms after colons agree with a
count: `{count aucune : structure ne propose : structures ne proposent}`. Of answers with one
choice, several may be put together: `{share optimiste+tres_optimiste}`. What stands between
brackets is left out where its figure is zero or does not exist: `[, {groups oui}]`.
"""

import re
from collections.abc import Sequence

from analysis.figures import (
    COUNTS,
    FIGURES,
    OF_CHOICE,
    OF_PLACE,
    ONE_CHOICE,
    SUMS,
    count_of,
    together,
)
from analysis.wording import Facts
from survey.french import number

_FIELD = re.compile(r"\{([^{}]*)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?![^{]*\})")


class NoFigure(Exception):
    """A figure that these answers do not have: the share of nobody, the third of two."""


def fill(template: str, facts: Facts) -> str:
    """The template with its figures; raise NoFigure where one does not exist yet."""
    kept = _OPTIONAL.sub(lambda match: match[1] if _has_figures(match[1], facts) else "", template)
    return _FIELD.sub(lambda match: _field(match[1], facts), kept)


def _has_figures(part: str, facts: Facts) -> bool:
    """Whether each exists, and none is zero."""
    for body in _FIELD.findall(part):
        name, of, _ = _parts(body)
        figure = count_of(facts, of) if name in SUMS else FIGURES[name][1](facts, of)
        if not figure:
            return False
    return True


def sentences_of(template: str) -> list[str]:
    return _SENTENCES.split(template.strip())


def apart(template: str) -> tuple[str, str]:
    """What stands outside of brackets, and the brackets."""
    return _OPTIONAL.sub("", template), "".join(f"[{part}]" for part in _OPTIONAL.findall(template))


def choices_of(template: str) -> list[str]:
    """The choices, or sums of some, of which the template tells how many gave them."""
    parts = [_parts(body) for body in _FIELD.findall(template)]
    return ["+".join(together(of)) for name, of, _ in parts if name in SUMS]


def problems(template: str, measure: str, choices: Sequence[str]) -> list[str]:
    """What the template asks for that a block of this measure does not have."""
    found = []
    if set("{}") & set(_FIELD.sub("", template)):
        found.append("has a brace without its other; write {figure}")
    if set("[]") & set(_OPTIONAL.sub("", template)):
        found.append("has a bracket without its other; write [, {figure}]")
    for body in _FIELD.findall(template):
        name, of, forms = _parts(body)
        if name not in FIGURES or measure not in FIGURES[name][0]:
            known = ", ".join(
                sorted(n for n, (of_measures, _) in FIGURES.items() if measure in of_measures)
            )
            found.append(f'asks for "{name}", which is none of {known}')
        elif name in OF_CHOICE:
            unknown = [code for code in _of(name, of, measure) if code not in choices]
            found += [f'asks for {name} of "{code}", which is not a choice' for code in unknown]
        elif name in OF_PLACE:
            found += _place_problems(name, of, len(choices))
        elif of:
            found.append(f'asks for {name} of "{of}"; write {{{name}}} alone')
        if forms and name not in COUNTS:
            found.append(f"gives forms to {name}, which is not a count")
        if len(forms) not in (0, 2):
            found.append(f'gives {len(forms)} forms in "{body}"; write one : several')
    return found


def _place_problems(name: str, of: str, places: int) -> list[str]:
    """Of groups of choices, there are no more places than choices either."""
    if of and not (of.isdecimal() and int(of) > 0):
        return [f'asks for {name} "{of}"; write a place: 1, 2, 3 …']
    if of and int(of) > places:
        return [f"asks for {name} {of}; write a place up to {places}"]
    return []


def asked_of(template: str) -> set[str]:
    """The names of the figures that the template asks for."""
    return {_parts(body)[0] for body in _FIELD.findall(template)}


def places_of_groups(template: str) -> list[int]:
    """The places that it asks for among groups of choices, the first, the second …"""
    asked = [_parts(body)[:2] for body in _FIELD.findall(template)]
    return [int(of) for name, of in asked if name in ("group", "group_count") and of.isdecimal()]


def _of(name: str, of: str, measure: str) -> list[str]:
    """The choices that a figure is of."""
    return together(of) if name in SUMS and measure in ONE_CHOICE else [of]


def _field(body: str, facts: Facts) -> str:
    name, of, forms = _parts(body)
    figure = FIGURES[name][1](facts, of)
    if figure is None:
        raise NoFigure(body)
    if not forms:
        return number(figure) if isinstance(figure, int) else figure
    return f"{number(figure)} {forms[0] if figure < 2 else forms[1]}"


def _parts(body: str) -> tuple[str, str, list[str]]:
    expression, *forms = (part.strip() for part in body.split(":"))
    name, _, of = expression.partition(" ")
    return name, of.strip(), forms
