"""A file and its mapping, as they are sent: the file once, though it is tried and then brought in.

Between the two it travels with the page, signed, and is kept nowhere here: nothing to erase that
names people, nothing for a second server to look for, nothing left when the page is closed.
"""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.template.defaultfilters import filesizeformat

MOST_BYTES = 20 * 1024 * 1024
SIGNER = Signer(salt="survey.import")


class Sent(NamedTuple):
    name: str
    content: bytes


class ImportForm(forms.Form):
    file = forms.FileField(
        label="Fichier",
        required=False,
        help_text="De LimeSurvey, CSV avec les codes en en-tête ou VV\u202f; d’ici, CSV ou JSON."
        " En VV, ou en CSV aux réponses complètes, bien plus de colonnes sont reconnues.",
    )
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    mapping = forms.CharField(
        label="Correspondance",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 20, "class": "vLargeTextField", "spellcheck": "false"}
        ),
        help_text="Quelle colonne est quelle question, en YAML\u202f; inutile pour un export d’ici."
        " Laissez vide et essayez\u00a0: elle vous est proposée.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = self.data.copy()
        self.is_proposed = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(
                f"Ce fichier fait {filesizeformat(file.size)}, et une page en porte "
                f"{filesizeformat(MOST_BYTES)}\u00a0: importez-le par la commande import_responses."
            )
        return file

    def clean(self) -> dict[str, Any]:
        if self.errors:
            return self.cleaned_data
        file = self.cleaned_data["file"]
        sent = Sent(file.name, file.read()) if file else _opened(self.cleaned_data["kept"])
        if sent is None:
            self.refuse_file("Choisissez un fichier.")
            return self.cleaned_data
        self.data["kept"] = _closed(sent)
        return self.cleaned_data | sent._asdict()

    @property
    def kept_name(self) -> str:
        """The name of the file that need not be chosen again, if there is one."""
        sent = _opened(self.data.get("kept", ""))
        return sent.name if sent else ""

    def refuse_file(self, why: str) -> None:
        """Say what is wrong with the file, which is to be chosen again; all else stays."""
        self.data["kept"] = ""
        self.add_error("file", why)

    def propose(self, mapping: str) -> None:
        self.data["mapping"] = mapping
        self.fields["mapping"].widget.attrs["autofocus"] = True
        self.is_proposed = True


def _closed(sent: Sent) -> str:
    held = {"name": sent.name, "content": sent.content.decode("latin-1")}
    return SIGNER.sign_object(held, compress=True)


def _opened(kept: str) -> Sent | None:
    if not kept:
        return None
    try:
        held = SIGNER.unsign_object(kept)
    except BadSignature:
        return None
    return Sent(held["name"], held["content"].encode("latin-1"))
