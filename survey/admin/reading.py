"""One text, read by one moderator: what they read goes back with what they decide."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any, Self

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from survey import moderation
from survey.kinds.base import MAXIMUM_TEXT_LENGTH, clean_text
from survey.models import Answer, Decision, TextQuerySet, TextToRead

PUBLISH, REDACT, KEEP, REOPEN = "publish", "redact", "keep", "reopen"
VERDICTS = {
    PUBLISH: Answer.Verdict.APPROVED,
    REDACT: Answer.Verdict.REDACTED,
    KEEP: Answer.Verdict.REJECTED,
    REOPEN: Answer.Verdict.PENDING,
}


class DecideForm(forms.Form):
    """What to do with a text; `text` and `verdict` are as they were on the moderator's screen.

    `seen` is the key of the last decision on it that they could read there, 0 if there was none.
    """

    decision = forms.ChoiceField(
        choices=[(code, code) for code in (PUBLISH, REDACT, KEEP, REOPEN)], widget=forms.HiddenInput
    )
    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Answer.Verdict.choices, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
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
        last = moderation.last_decision(text)
        initial = {"text": text.text, "verdict": text.verdict, "public_text": public_text}
        initial |= {"decision": decision, "seen": last.pk if last else 0}
        return cls(initial=initial, prefix=prefix)

    def kept(self, text: TextToRead) -> Self:
        """The form with this text as it is now, and what was typed in this one."""
        form = self.reading(text)
        form.initial["reason"] = self["reason"].value()
        if unix(self["text"].value()) == text.text:
            form.initial["public_text"] = self["public_text"].value()
        return form

    @property
    def cut(self) -> str:
        """What was to be published of the text in its place; "" if it was not cut."""
        public_text = unix(self["public_text"].value())
        return "" if public_text == unix(self["text"].value()) else public_text

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())

    def clean(self) -> None:
        """Refuse to publish whole what was cut: without a script, both buttons can be pressed."""
        super().clean()
        given = self.cleaned_data
        is_shown = self.add_prefix("public_text") in self.data
        if not is_shown or given.get("decision") != PUBLISH or "public_text" not in given:
            return
        if clean_text(given["public_text"]) != given.get("text"):
            self.add_error(
                "public_text",
                "Le texte à publier n’est pas le texte entier\u00a0: choisissez «\u00a0Publier en "
                "partie\u00a0», ou remettez-y tous les mots pour le publier tel quel.",
            )

    @property
    def field_of_refusal(self) -> str | None:
        """Where to say why the decision was refused."""
        return "public_text" if self.cleaned_data["decision"] == REDACT else None


def unix(text: str | None) -> str:
    """What browsers post of a text, as it is stored."""
    return (text or "").replace("\r\n", "\n").strip()


class Place(forms.Form):
    """Whose text is read, and on what: known even when the author has rewritten it since."""

    respondent = forms.IntegerField()
    question = forms.IntegerField()
    choice = forms.IntegerField(required=False)


def decide(text: TextToRead, form: DecideForm, *, by: moderation.User) -> Decision | None:
    """Decide as this form says on the text as it was read; raise ModerationError if refused."""
    given = form.cleaned_data
    last = moderation.last_decision(text)
    if given["seen"] not in (None, last.pk if last else 0):
        if _is_this(last, given, by):
            return None
        raise moderation.changed_meanwhile(text, last, by=by)
    read = copy(text)
    read.text, read.verdict = given["text"], given["verdict"]
    decisions: dict[str, Callable[..., Decision | None]] = {
        PUBLISH: moderation.approve,
        REDACT: moderation.redact,
        KEEP: moderation.reject,
        REOPEN: moderation.reopen,
    }
    arguments: list[Any] = [given["public_text"]] if given["decision"] == REDACT else []
    why = {} if given["decision"] == PUBLISH else {"reason": given["reason"]}
    decision = decisions[given["decision"]](read, *arguments, by=by, **why)
    text.verdict = read.verdict
    return decision


def _is_this(last: Decision | None, given: dict[str, Any], by: moderation.User) -> bool:
    """Whether the last decision is the one that is asked for: a button pressed twice."""
    if last is None or last.by_id != by.pk or last.verdict != VERDICTS[given["decision"]]:
        return False
    return given["decision"] != REDACT or last.public_text == clean_text(given["public_text"])


class SeenAtActionForm(ActionForm):
    """When the list was shown: what was written or decided after it has not been seen."""

    seen_at = forms.DateTimeField(
        required=False,
        label="",
        initial=lambda: timezone.now().isoformat(),
        widget=forms.HiddenInput,
    )

    @classmethod
    def moment(cls, posted: QueryDict) -> datetime | None:
        return cls.base_fields["seen_at"].clean(posted.get("seen_at"))


def unread_since(texts: TextQuerySet, seen_at: datetime | None) -> frozenset[int]:
    """Keys of the texts whose author wrote, or on which somebody decided, after this moment."""
    if seen_at is None:
        return frozenset()
    decided = _since(seen_at).verdicts()
    changed = texts.filter(Q(respondent__updated_at__gt=seen_at) | Exists(decided))
    return frozenset(changed.values_list("pk", flat=True))


def recoded_since(texts: TextQuerySet, seen_at: datetime | None) -> frozenset[int]:
    """Keys of the texts that somebody counted as another choice after this moment."""
    if seen_at is None:
        return frozenset()
    recoded = texts.filter(Exists(_since(seen_at).codings()))
    return frozenset(recoded.values_list("pk", flat=True))


def _since(moment: datetime) -> QuerySet[Decision]:
    """What was decided of a text, in a query on texts, after this moment."""
    return Decision.objects.filter(
        respondent=OuterRef("respondent"), question=OuterRef("question"), at__gt=moment
    )


def changed_since(
    text: TextToRead, seen_at: datetime, *, by: moderation.User
) -> moderation.TextChanged:
    """Why a text that changed after this moment is spared."""
    last = moderation.last_decision(text)
    if last and last.at > seen_at:
        return moderation.changed_meanwhile(text, last, by=by)
    return moderation.TextChanged(
        f"Le texte de {text.respondent} a changé depuis que cette liste est affichée\u00a0: "
        "relisez-le."
    )
