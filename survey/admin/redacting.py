"""Several texts published in part at once: each on its own, with what was left out of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from survey import moderation
from survey.admin.publishing import Read
from survey.admin.reading import REDACT, DecideForm, decide
from survey.models import Decision, TextToRead
from survey.moderation import ModerationError

TEXTS_AT_ONCE = 50
LINE, MOST_LINES = 70, 12


@dataclass(frozen=True)
class Redaction:
    """A text, and the form in which its public words are written."""

    text: TextToRead
    form: DecideForm

    def __post_init__(self) -> None:
        lines = sum(1 + len(line) // LINE for line in self.text.text.splitlines())
        self.form.fields["public_text"].widget.attrs["rows"] = max(2, min(lines + 1, MOST_LINES))

    @property
    def read(self) -> Read:
        return Read(self.text)

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was taken out of the text: it is left as it was."""
        return self.form.cleaned_data["public_text"].strip() == self.text.text


def asked(texts: Iterable[TextToRead]) -> list[Redaction]:
    """The texts as they are shown, to be cut."""
    return [Redaction(text, DecideForm.reading(text, REDACT, _prefix(text))) for text in texts]


def posted(texts: Iterable[TextToRead], data: QueryDict) -> list[Redaction]:
    return [Redaction(text, DecideForm(data, prefix=_prefix(text))) for text in texts]


Decided = list[tuple[TextToRead, Decision | None]]


def redact_each(
    redactions: Iterable[Redaction], *, by: moderation.User
) -> tuple[list[Redaction], Decided]:
    """Publish each in part, but those left whole.

    Return those refused, with why in their form, and what was decided.
    """
    refused, decided = [], []
    for redaction in redactions:
        if not redaction.form.is_valid():
            refused.append(redaction)
        elif not redaction.is_untouched:
            try:
                decision = decide(redaction.text, redaction.form, by=by)
                decided.append((redaction.text, decision))
            except ModerationError as error:
                refused.append(_told(redaction, str(error)))
    return refused, decided


def lost(keys: Iterable[str], data: QueryDict) -> list[str]:
    """What was to be published of texts, by key, whose authors have changed or erased them."""
    typed = (data.get(f"text-{key}-public_text", "") for key in keys)
    return [words for words in typed if words]


def _told(redaction: Redaction, why: str) -> Redaction:
    """The same words typed, why they are not published, and the text as it is decided now."""
    now = TextToRead.objects.filter(pk=redaction.text.pk).first() or redaction.text
    data = {redaction.form.add_prefix(n): v for n, v in DecideForm.reading(now).initial.items()}
    data |= {
        redaction.form.add_prefix(name): redaction.form.cleaned_data[name]
        for name in ("public_text", "reason", "decision")
    }
    form = DecideForm(data, prefix=redaction.form.prefix)
    form.add_error("public_text", why)
    return Redaction(redaction.text, form)


def _prefix(text: TextToRead) -> str:
    return f"text-{text.pk}"
