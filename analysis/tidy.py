"""The figures of the whole report as one tidy table: a line a figure, to be filtered and pivoted.

It holds what the page and the API hold, no more: of groups, what may not be told is empty.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from django.utils.text import slugify

from analysis import sheets
from analysis.report import Block, Report, Section
from analysis.sheets import Field, Sheet
from analysis.tables import Cell

Line: TypeAlias = dict[str, Cell]

STATISTICS = {
    "asked": "personnes à qui la question a été posée",
    "answered": "personnes qui ont répondu",
    "missing": "personnes qui n’ont pas répondu à la question posée (na)",
    "not_asked": "personnes à qui la question n’a pas été posée",
    "not_concerned": "parmi elles, celles qui ont dit que la question ne les concernait pas",
    "complete": "personnes qui sont allées au bout du questionnaire",
    "partial": "personnes qui ne sont pas allées au bout",
    "cumulated": "personnes qui avaient commencé à répondre à la fin du jour",
    "count": "personnes qui ont fait ce choix",
    "together": "personnes qui ont fait l’un des choix réunis sous ce libellé",
    "rank": "personnes qui ont donné ce rang à ce choix",
    "mentioned": "personnes qui ont donné un rang à ce choix, quel qu’il soit",
    "mean_rank": "moyenne des rangs donnés à ce choix ; base : qui lui en a donné un",
    "class": "personnes dont la réponse va de lower (compris) à upper (non compris)",
    "minimum": "plus petite réponse, dans l’unité indiquée",
    "first_quartile": "valeur sous laquelle se trouve un quart des réponses",
    "median": "valeur sous laquelle se trouve la moitié des réponses",
    "mean": "moyenne des réponses",
    "third_quartile": "valeur sous laquelle se trouvent les trois quarts des réponses",
    "maximum": "plus grande réponse",
    "published": "textes relus et publiés",
}

FIELDS = (
    Field("section", "string", "Partie", constraints={"required": True}),
    Field("block", "string", "Bloc", "Le code de la question.", {"required": True}),
    Field("title", "string", "Titre du bloc"),
    Field("measure", "string", "Mesure", "Comment la question est résumée."),
    Field("group", "string", "Groupe", "Filtre et groupe, ou question et choix ; vide : tous."),
    Field("group_label", "string", "Libellé du groupe"),
    Field("choice", "string", "Choix", "Le code du choix, s’il y en a un."),
    Field("label", "string", "Libellé du choix"),
    Field(
        "statistic",
        "string",
        "Statistique",
        " ; ".join(f"{code} : {words}" for code, words in STATISTICS.items()) + ".",
        {"required": True, "enum": list(STATISTICS)},
    ),
    Field("rank", "integer", "Rang", "1 pour le choix placé en premier.", {"minimum": 1}),
    Field("lower", "number", "Borne basse", "De la classe, comprise."),
    Field("upper", "number", "Borne haute", "De la classe, non comprise ; vide : et plus."),
    Field("day", "date", "Jour"),
    Field(
        "count",
        "integer",
        "Effectif",
        "De personnes. Vide dans un groupe : personne, ou trop peu pour être dit.",
        {"minimum": 0},
    ),
    Field(
        "share",
        "number",
        "Part",
        "De base, entre 0 et 1. À une question à choix multiples, les parts dépassent 1 en tout.",
        {"minimum": 0, "maximum": 1},
    ),
    Field("value", "number", "Valeur", "D’une réponse en nombre, dans l’unité indiquée."),
    Field("unit", "string", "Unité"),
    Field("base", "integer", "Base", "Personnes du groupe qui ont répondu.", {"minimum": 0}),
)

VALUES = {
    "min": "minimum",
    "q1": "first_quartile",
    "median": "median",
    "mean": "mean",
    "q3": "third_quartile",
    "max": "maximum",
}


@lru_cache(maxsize=16)
def sheet(report: Report) -> Sheet:
    rows = (
        _place(section, block) | line
        for section in report.sections
        for block in section.blocks
        for line in _lines(report, block)
    )
    return Sheet(
        name="figures",
        title="Tous les chiffres du rapport",
        description="Une ligne par chiffre. Chaque ligne dit de quel bloc, de quel groupe, de quel"
        " choix et sur quelle base.",
        fields=FIELDS,
        rows=sheets.lines(FIELDS, rows),
    )


def _place(section: Section, block: Block) -> Line:
    names = {"section": section.code, "block": block.code}
    return names | {"title": block.title, "measure": block.measure}


def _lines(report: Report, block: Block) -> Iterator[Line]:
    if report.selection is not None:
        yield from _of_groups(report, block)
        return
    base = block.base
    for name in ("asked", "answered", "missing", "not_asked", "not_concerned"):
        yield {"statistic": name, "count": getattr(base, name), "base": base.answered}
    if block.question is None:
        for name in ("complete", "partial"):
            yield _counted(name, getattr(report.respondents, name), base.answered)
    yield from _figures(block, block.figures, base.answered)
    yield from _together(block)
    yield from _crossed(block.figures.get("crossed"))


def _of_groups(report: Report, block: Block) -> Iterator[Line]:
    """Of each group who answered; then its figures, which stand alone or one under the other."""
    code = report.selection.filter.code
    names = [f"{code}:{group.code}" for group in report.selection.groups]
    of_one = {names[0]: block.figures} if len(names) == 1 else {}
    figures = of_one or {each["group"]: each for each in block.figures.get("groups", ())}
    for name, group in zip(names, block.groups, strict=True):
        named = {"group": name, "group_label": group.title}
        told = {"count": group.answered, "base": group.answered}
        yield named | {"statistic": "answered"} | told
        for line in _figures(block, figures.get(name, {}), group.answered):
            yield named | line


def _figures(block: Block, figures: Mapping[str, Any], base: int | None) -> Iterator[Line]:
    """The API's figures, one a line."""
    for each in figures.get("shares", ()):
        yield _choice(each) | _counted("count", each["count"], base)
    for each in figures.get("ranks", ()):
        for rank, count in enumerate(each["counts"], start=1):
            yield _choice(each) | _counted("rank", count, base) | {"rank": rank}
        if each["mentioned"] is not None:
            yield _choice(each) | _counted("mentioned", each["mentioned"], base)
        if each.get("mean_rank") is not None:
            told = {"value": each["mean_rank"], "base": each["mentioned"]}
            yield _choice(each) | {"statistic": "mean_rank"} | told
    yield from _distribution(block, figures.get("distribution"), base)
    if figures.get("texts", {}).get("published") is not None:
        yield {"statistic": "published", "count": figures["texts"]["published"], "base": base}
    for each in figures.get("curve", ()):
        yield {"statistic": "cumulated", "day": each["date"], "count": each["responses"]}


def _distribution(
    block: Block, distribution: Mapping[str, Any] | None, base: int | None
) -> Iterator[Line]:
    if distribution is None:
        return
    unit = block.question.unit
    for name, statistic in VALUES.items():
        yield {"statistic": statistic, "value": distribution[name], "unit": unit, "base": base}
    for each in distribution["bins"]:
        bounds = {"lower": each["from"], "upper": each["to"], "unit": unit}
        yield _counted("class", each["count"], base) | bounds


def _together(block: Block) -> Iterator[Line]:
    """Choices put together, as departments by region."""
    together = block.together
    for label, count in together.counts.items() if together else ():
        named = {"choice": slugify(label), "label": label}
        yield named | _counted("together", count, together.base)


def _crossed(crossed: Mapping[str, Any] | None) -> Iterator[Line]:
    """Answers by those to another question, whose choices are the groups."""
    for group in crossed["groups"] if crossed else ():
        name = f"{crossed['by']}:{group['choice'] or ''}"
        named = {"group": name, "group_label": group["label"]}
        for each in group["shares"]:
            yield named | _choice(each) | _counted("count", each["count"], group["base"])


def _choice(figure: Mapping[str, Any]) -> Line:
    return {"choice": figure["choice"], "label": figure["label"]}


def _counted(statistic: str, count: int | None, base: int | None) -> Line:
    share = count / base if base and count is not None else None
    return {"statistic": statistic, "count": count, "share": share, "base": base}
