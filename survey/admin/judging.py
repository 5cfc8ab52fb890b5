"""What can be decided about whole respondents, and what is asked before."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms

from survey import filling, moderation
from survey.models import Respondent

USUAL = ("Essai", "Doublon", "Envoi abusif")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Motif",
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True, "list": "reasons"}),
        error_messages={
            "required": "Indiquez un motif\u00a0: il reste écrit à côté de la décision."
        },
    )


class OptionalReasonForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = "Facultatif."


class ConfirmationForm(forms.Form):
    """Asks for nothing: it is posted or it is not."""


@dataclass(frozen=True)
class Judgement:
    """One decision on respondents. `done` says so of one and of several."""

    action: str
    label: str
    title: str
    explanation: str
    done: tuple[str, str]
    decide: Callable[..., None]
    form: type[forms.Form] = ReasonForm
    verdict: str = ""
    """The verdict that it gives, if it gives one."""
    reasons: tuple[str, ...] = ()
    """The usual ones, offered where one's own is written."""

    def decision(self, form: forms.Form, *, by: moderation.User) -> Callable[[Respondent], None]:
        if self.form is ConfirmationForm:
            return partial(self.decide, by=by)
        return partial(self.decide, by=by, reason=form.cleaned_data["reason"])


HOLD = Judgement(
    action="hold_respondents",
    label="Mettre en attente",
    title="Mettre en attente",
    explanation="Leurs réponses ne comptent plus dans le rapport tant qu’elles sont en attente.",
    done=("répondant mis en attente", "répondants mis en attente"),
    decide=moderation.hold,
    verdict=Respondent.Verdict.HELD,
    reasons=USUAL,
)
EXCLUDE = Judgement(
    action="exclude_respondents",
    label="Exclure",
    title="Exclure du rapport",
    explanation="Pour un essai, un doublon, un envoi abusif. Rien n’est effacé.",
    done=("répondant exclu", "répondants exclus"),
    decide=moderation.exclude,
    verdict=Respondent.Verdict.EXCLUDED,
    reasons=USUAL,
)
RESTORE = Judgement(
    action="restore_respondents",
    label="Compter de nouveau",
    title="Compter de nouveau",
    explanation="Les réponses comptent de nouveau dans le rapport.",
    done=("répondant compté de nouveau", "répondants comptés de nouveau"),
    decide=moderation.restore,
    form=OptionalReasonForm,
    verdict=Respondent.Verdict.COUNTED,
)
ERASE = Judgement(
    action="erase_respondents",
    label="Effacer à la demande de la personne",
    title="Effacer à la demande de la personne",
    explanation=(
        "Toutes les réponses, les textes et les décisions sont effacés pour toujours\u202f; "
        "le rapport les oublie aussitôt. Seul le numéro reste pris."
    ),
    done=("répondant effacé", "répondants effacés"),
    decide=filling.withdraw,
    form=ConfirmationForm,
)
JUDGEMENTS = (RESTORE, HOLD, EXCLUDE, ERASE)
