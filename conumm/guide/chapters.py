"""The chapters in their order: what each is for, and which pages of the admin it explains."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from conumm.guide import writing

FOLDER = Path(__file__).with_name("chapters")


class Errand(StrEnum):
    """What somebody comes to the admin for, as the contents are headed."""

    MODERATE = "Vous venez pour modérer"
    EDIT = "Vous venez pour rédiger"
    ANY = "Pour tout le monde"


@dataclass(frozen=True)
class Chapter:
    """What it `needs` is the right to do what it tells; `pages` begin the names of addresses."""

    slug: str
    errand: Errand
    needs: str = ""
    pages: tuple[str, ...] = ()

    @cached_property
    def text(self) -> writing.Text:
        return writing.read((FOLDER / f"{self.slug}.md").read_text(encoding="utf-8"))

    def is_for(self, user: Any) -> bool:
        return not self.needs or user.has_perm(self.needs)


CHAPTERS = (
    Chapter("se-connecter", Errand.ANY, pages=("second_factor", "password_change")),
    Chapter(
        "lire-les-textes",
        Errand.MODERATE,
        needs="survey.change_texttoread",
        pages=("survey_texttoread",),
    ),
    Chapter("recoder-les-autres", Errand.MODERATE, needs="survey.change_texttoread"),
    Chapter(
        "juger-les-repondants",
        Errand.MODERATE,
        needs="survey.change_respondent",
        pages=("survey_respondent",),
    ),
    Chapter(
        "saisir-un-questionnaire",
        Errand.MODERATE,
        needs="survey.add_respondent",
        pages=("survey_respondent_add",),
    ),
    Chapter(
        "importer-et-exporter",
        Errand.MODERATE,
        needs="survey.add_import",
        pages=("survey_import",),
    ),
    Chapter(
        "changer-le-questionnaire",
        Errand.EDIT,
        needs="survey.change_questionnaire",
        pages=("survey_questionnaire", "survey_section", "survey_question"),
    ),
    Chapter(
        "ecrire-un-commentaire",
        Errand.EDIT,
        needs="analysis.change_commentary",
        pages=("analysis_commentary",),
    ),
    Chapter(
        "figer-une-edition",
        Errand.EDIT,
        needs="analysis.add_edition",
        pages=("analysis_edition", "analysis_subscriber"),
    ),
    Chapter(
        "lire-le-journal",
        Errand.ANY,
        pages=("survey_decision", "survey_event", "admin_logentry"),
    ),
    Chapter("qui-fait-quoi", Errand.ANY, pages=("auth_user", "auth_group")),
    Chapter("les-mots", Errand.ANY),
)
BY_SLUG = {chapter.slug: chapter for chapter in CHAPTERS}


def of_page(name: str) -> Chapter | None:
    """The chapter on the page whose address has this name."""
    begun = {page: c for c in CHAPTERS for page in c.pages if name.startswith(page)}
    return begun[max(begun, key=len)] if begun else None


def by_errand(user: Any) -> Iterator[tuple[Errand, list[Chapter]]]:
    """Every chapter; first the errands that this person's rights concern."""
    groups = {e: [c for c in CHAPTERS if c.errand == e] for e in Errand}
    yield from sorted(groups.items(), key=lambda group: not any(c.is_for(user) for c in group[1]))
