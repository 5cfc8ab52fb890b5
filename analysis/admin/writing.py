"""The form that a commentary is written in, and what its editor is shown beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminRadioSelect, AdminTextareaWidget
from django.utils import timezone

from analysis import cited, commentary, guards, live
from analysis.cited import COLON, MEANINGS
from analysis.models import Commentary
from analysis.report import Block, Report, Section
from survey.questionnaire import ChoiceSpec

BODY_HELP = (
    "En Markdown\u00a0: **gras**, *italique*, listes, [lien](https://…), # titre. Un chiffre du "
    "rapport s’écrit entre doubles accolades\u00a0: {{ share tiers_lieu oui }}\u202f; avec un nom "
    "qui s’accorde\u00a0: {{ count domicile oui : structure : structures }}."
)
GUARDS_HELP = (
    "Une par ligne\u00a0: ce qui doit rester vrai pour que le texte tienne. Par exemple "
    "«\u00a0share tiers_lieu oui entre 30 et 50\u00a0», «\u00a0count domicile oui = 8\u00a0», "
    "«\u00a0lead structure_type est association\u00a0», «\u00a0median seances_duree < 120\u00a0». "
    "Sinon, le commentaire est à revoir, et la page le dit."
)
PUBLISHED_HELP = (
    "Chaque enregistrement donne au commentaire la date et le nombre de réponses du jour."
)

Offered = Sequence[tuple[str, Any]]


def offered_places(report: Report | None) -> Offered:
    """The places of the report, block by block under their section."""
    groups = [
        (
            section.title,
            [
                (commentary.anchor(section), f"Toute la partie{COLON} {section.title}"),
                *((block.code, f"{block.title} ({block.code})") for block in section.blocks),
            ],
        )
        for section in (report.sections if report else ())
    ]
    return [("", "---------"), *groups]


class CommentaryForm(forms.ModelForm):
    place = forms.ChoiceField(label="Emplacement")

    class Meta:
        model = Commentary
        fields = ("place", "position", "rank", "body", "guards", "is_published")
        help_texts = {"body": BODY_HELP, "guards": GUARDS_HELP, "is_published": PUBLISHED_HELP}
        widgets = {
            "position": AdminRadioSelect,
            "body": AdminTextareaWidget(attrs={"rows": 12}),
            "guards": AdminTextareaWidget(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = live.report()
        self.fields["place"].choices = offered_places(self.report)

    def clean(self) -> None:
        super().clean()
        if self.report is None:
            raise forms.ValidationError("Le questionnaire n’est pas encore en ligne.")
        wrong = {
            "body": commentary.problems(self.cleaned_data.get("body", ""), self.report),
            "guards": guards.problems(self.cleaned_data.get("guards", ""), self.report),
        }
        for field, problems in wrong.items():
            if problems:
                self.add_error(field, problems)
        if self.cleaned_data.get("is_published") and not wrong["guards"]:
            self._refuse_guards_that_fail()

    def _refuse_guards_that_fail(self) -> None:
        """What is published says what is so now; a draft may wait for it."""
        failing = guards.failures(self.cleaned_data.get("guards", ""), self.report)
        if failing:
            said = [f"N’est pas vrai en ce moment{COLON} {failure}." for failure in failing]
            self.add_error("guards", said)

    def draft(self) -> Commentary:
        """What is being written, never to be saved."""
        values = {name: self.data.get(name, "") for name in ("place", "position", "body", "guards")}
        return Commentary(
            **values,
            pk=self.instance.pk,
            rank=self.cleaned_data.get("rank") or 1,
            written_at=timezone.now(),
            base=commentary.written_on(values["place"], self.report) if self.report else 0,
        )


def preview(draft: Commentary, report: Report) -> Report:
    """The section or the block where the draft stands, with it; nothing if it stands nowhere."""
    others = Commentary.objects.of(report.campaign.structure.code).published()
    beside = [*others.filter(place=draft.place).exclude(pk=draft.pk), draft]
    beside.sort(key=lambda each: (each.rank, each.pk is None, each.pk))
    whole = commentary.annotated(report, tuple(each.written for each in beside))
    parts = (_part(section, draft.place) for section in whole.sections)
    return replace(whole, sections=tuple(filter(None, parts)))


def _part(section: Section, place: str) -> Section | None:
    if place == commentary.anchor(section):
        return replace(section, blocks=())
    blocks = tuple(block for block in section.blocks if block.code == place)
    return replace(section, blocks=blocks, commentary=()) if blocks else None


@dataclass(frozen=True)
class Citable:
    """What may be cited of a block: figure, meaning, words of now."""

    block: Block
    figures: Sequence[tuple[str, str, str]]
    choices: Sequence[ChoiceSpec]


def citable(place: str, report: Report) -> list[Citable]:
    """Of the block at this place, or of all those of its section."""
    found = commentary.places(report).get(place)
    if found is None:
        return []
    blocks = found.blocks if isinstance(found, Section) else (found,)
    return [_citable(block, report) for block in blocks]


def _citable(block: Block, report: Report) -> Citable:
    figures = [
        (f"{{{{ {figure} }}}}", MEANINGS.get(figure.name, ""), words)
        for figure, words in cited.examples(block, report).items()
    ]
    of_choices = any(figure.of for figure in cited.examples(block, report))
    return Citable(block, figures, block.question.choices if of_choices else ())
