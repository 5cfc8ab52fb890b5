"""One text, read by one moderator: what they read goes back with what they decide."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any, Self

from django import forms
from django.db.models import Exists, OuterRef, Q

from survey import moderation
from survey.kinds.base import MAXIMUM_TEXT_LENGTH, clean_text
from survey.models import Answer, Decision, TextQuerySet, TextToRead

PUBLISH, REDACT, KEEP, REOPEN = "publish", "redact", "keep", "reopen"


class DecideForm(forms.Form):
    """What to do with a text; `text` and `verdict` are as they were on the moderator's screen."""

    decision = forms.ChoiceField(
        choices=[(code, code) for code in (PUBLISH, REDACT, KEEP, REOPEN)], widget=forms.HiddenInput
    )
    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Answer.Verdict.choices, widget=forms.HiddenInput)
    public_text = forms.CharField(
        label="Texte à publier",
        help_text="Effacez ou remplacez ce qui ne doit pas paraître. L’original reste intact.",
        required=False,
        max_length=MAXIMUM_TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    reason = forms.CharField(
        label="Motif",
        help_text="Facultatif\u202f; il reste dans le journal des décisions.",
        required=False,
        max_length=300,
        # On one line, « Entrée » would press the first button, which publishes.
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @classmethod
    def reading(cls, text: TextToRead, decision: str = "", prefix: str | None = None) -> Self:
        """The form as shown with this text; `decision` is the one that its page takes, if one."""
        public_text = text.public_text or text.text
        initial = {"text": text.text, "verdict": text.verdict, "public_text": public_text}
        return cls(initial=initial | {"decision": decision}, prefix=prefix)

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())

    @property
    def field_of_refusal(self) -> str | None:
        """Where to say why the decision was refused."""
        return "public_text" if self.cleaned_data["decision"] == REDACT else None


def decide(text: TextToRead, form: DecideForm, *, by: moderation.User) -> None:
    """Decide as this form says on the text as it was read; raise ModerationError if refused."""
    given = form.cleaned_data
    read = copy(text)
    read.text, read.verdict = given["text"], given["verdict"]
    decisions: dict[str, Callable[..., None]] = {
        PUBLISH: moderation.approve,
        REDACT: moderation.redact,
        KEEP: moderation.reject,
        REOPEN: moderation.reopen,
    }
    arguments: list[Any] = [given["public_text"]] if given["decision"] == REDACT else []
    why = {} if given["decision"] == PUBLISH else {"reason": given["reason"]}
    decisions[given["decision"]](read, *arguments, by=by, **why)
    text.verdict = read.verdict


def unread_since(texts: TextQuerySet, seen_at: datetime | None) -> frozenset[int]:
    """Keys of the texts whose author wrote, or on which somebody decided, after this moment."""
    if seen_at is None:
        return frozenset()
    decided = Decision.objects.filter(
        respondent=OuterRef("respondent"), question=OuterRef("question"), at__gt=seen_at
    )
    changed = texts.filter(Q(respondent__updated_at__gt=seen_at) | Exists(decided))
    return frozenset(changed.values_list("pk", flat=True))
