"""As which choice some precisions are to count, and as which they counted where they were shown."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from survey import consequences, personal_data
from survey.added import NewChoice
from survey.french import listed, number, quoted
from survey.models import Choice, Question, TextToRead

PREFIX = "code"
IN_THE_REPORT = (
    "Il paraîtra dans le rapport sous ce nom\u202f; le questionnaire ne le propose pas. N’y mettez "
    "rien de personnel."
)


class CodeForm(forms.Form):
    """One of the question's choices, each with how many count with it, or a new one."""

    choice = forms.ChoiceField(
        label="Compter comme",
        help_text="Entre parenthèses, le nombre de personnes dans le rapport, avant et après.",
        required=False,
        error_messages={"invalid_choice": "Ce choix n’existe plus\u00a0: prenez-en un autre."},
    )
    new = forms.CharField(label="ou comme un nouveau choix", max_length=200, required=False)
    sure = forms.BooleanField(label="Ce nom peut paraître", required=False)
    reason = forms.CharField(
        label="Motif",
        help_text="Facultatif\u202f; il reste dans le journal des décisions.",
        max_length=300,
        required=False,
    )

    def __init__(self, question: Question, texts: Sequence[TextToRead], data: Any = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.question = question
        self.choices = {str(c.pk): c for c in question.choices.all() if not c.other}
        self.fields["choice"].choices = [("", "—"), *self._with_counts(texts)]
        self.fields["new"].help_text = IN_THE_REPORT + _whose_words_are_private(texts)
        if not self._personal:
            del self.fields["sure"]

    def _with_counts(self, texts: Sequence[TextToRead]) -> Iterable[tuple[str, str]]:
        before = consequences.counts(self.question)
        after = consequences.counts_with(self.question, texts)
        for key, choice in self.choices.items():
            moved = consequences.from_to(before.get(choice.pk, 0), after[choice.pk])
            yield key, f"{choice.label} ({moved})"

    @property
    def _personal(self) -> list[str]:
        """What looks personal in the name of a new choice."""
        pieces = personal_data.pieces(self["new"].value() or "")
        return [f"{quoted(each.text)} ({each.reason})" for each in pieces if each.reason]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed or chosen in it."""
        return not any(self[name].value() for name in ("choice", "new", "reason"))

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if self._personal and not given.get("sure"):
            self.add_error(
                "new",
                f"{listed(self._personal)}\u00a0: ce nom paraîtrait dans le rapport. Changez-le, "
                "ou confirmez qu’il peut paraître.",
            )
        is_whole = "choice" in given and "new" in given
        if is_whole and bool(given["choice"]) == bool(given["new"]):
            self.add_error("choice", "Prenez un des choix, ou donnez le nom d’un nouveau.")

    @property
    def target(self) -> Choice | NewChoice:
        choice = self.choices.get(self.cleaned_data["choice"])
        return choice or NewChoice(self.question, self.cleaned_data["new"])


def _whose_words_are_private(texts: Sequence[TextToRead]) -> str:
    silent = [text for text in texts if not text.agreed]
    if not silent:
        return ""
    if len(silent) == 1:
        return (
            f" {silent[0].respondent} n’a pas accepté que ses mots paraissent\u00a0: ne les "
            "reprenez pas."
        )
    return (
        f" {number(len(silent))} personnes n’ont pas accepté que leurs mots paraissent\u00a0: ne "
        "les reprenez pas."
    )


class SeenForm(forms.Form):
    """As which choice each of some texts counted where they were shown, by primary keys."""

    seen = forms.JSONField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[int, int | None]:
        seen = self.cleaned_data["seen"]
        try:
            return {int(text): choice and int(choice) for text, choice in seen.items()}
        except (AttributeError, TypeError, ValueError) as error:
            raise forms.ValidationError("Rechargez la liste et recommencez.") from error


def seen(texts: Iterable[TextToRead]) -> str:
    return json.dumps({text.pk: text.coded_as_id for text in texts})
