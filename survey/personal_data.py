"""What looks personal in a text: where it stands, and why it is pointed at. Decides nothing.

It errs towards pointing at too much: whoever moderates reads every text anyway.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from survey.french import quoted

FIRST_NAMES = Path(__file__).with_name("first_names.txt")

EMAIL = "une adresse e-mail"
PHONE = "un numéro de téléphone"
ADDRESS = "une adresse postale"
TOWN = "un code postal"
ACCOUNT = "un compte en ligne"
FIRST_NAME = "un prénom"

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_NAME = rf"[{_CAPITAL}][{_LETTER}'’-]*"
_SURNAME = rf"(?:\s+(?:de\s+|du\s+|d['’]|le\s+|la\s+)?{_NAME})"
_LINK = rf"(?:des|du|de\s+la|de\s+l['’]|de|d['’]|la|les|le)\s*(?=[{_LETTER}])"
_STREET = r"rue|avenue|av\.?|boulevard|bd\.?|bld\.?|impasse|all[ée]es?|chemin|quai|ruelle|faubourg"
# Also words of everyday life: « 3 cours », « 2 places ».
_SPOT = (
    r"cours|place|pl\.?|passage|route|rte\.?|voie|square|sentier|esplanade|r[ée]sidence|"
    r"lotissement|hameau|villa|cit[ée]|mail|rond-point|mont[ée]e|c[ôo]te"
)
_NUMBER = r"(?<![\d.,])\d{1,4}(?:\s?(?:bis|ter|quater|[A-D]\b))?\s?,?\s+(?:de\s+la\s+|du\s+)?"

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+\s?(?:@|\[at\]|\(at\)|\[arobase\]|\(arobase\))\s?[\w-]+(?:\.[\w-]+)+",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\d+])(?:(?:\+|00)\s?(?:33|262|590|594|596|508|681|687|689)[\s.-]?(?:\(0\)[\s.-]?)?|0)"
    r"[1-9](?:[\s./_-]{0,2}\d{2}){4}(?!\d)"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>«»]+[^\s<>«».,;:!?)\]]", re.I)
_NETWORK = re.compile(
    r"(?:^|\.|//|@)(?:facebook|fb|instagram|twitter|x|tiktok|linkedin|youtube|twitch|github|gitlab|"
    r"snapchat|pinterest|threads|bsky|medium|flickr|viadeo)\.(?:com|fr|net|app|tv)/\w",
    re.I,
)
_BARE_NETWORK = re.compile(
    r"(?<![\w/.@])(?:facebook|instagram|twitter|tiktok|linkedin|youtube|twitch|github|gitlab)"
    r"\.(?:com|fr|tv)/[^\s<>«»]*[^\s<>«».,;:!?)\]]",
    re.I,
)
_USER = re.compile(
    r"/(?:~|@)\w|/(?:u|users?|profile?s?|profil|membres?|members?|people|auteurs?|authors?|in|"
    r"compte|accounts?)/[^/?#]|[?&](?:user|username|login|author|auteur|profile)=\w|//[^/\s]+@",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w.@/])@\w[\w.-]*\w")
_ADDRESS = re.compile(
    rf"{_NUMBER}(?:(?i:{_STREET})\s+(?:{_LINK})*[{_LETTER}'’-]+"
    rf"|(?i:{_SPOT})\s+(?:{_LINK})*{_NAME})(?:[\s-]+(?:{_LINK})*{_NAME})*"
    rf"(?:\s*,?\s*\d{{5}}(?:\s+{_NAME})?)?"
)
_TOWN = re.compile(rf"(?<![\d.,])(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}\s+{_NAME}(?:[\s-]{_NAME})*")
_CIVILITY = re.compile(
    rf"\b((?:M|Mr|MM|Dr|Pr)\.?|[Mm](?:mes?|lles?)\.?|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|"
    rf"[Dd]octeur|[Mm]essieurs|[Mm]esdames)\s+(?:de\s+|du\s+|d['’])?"
    rf"(?:[{_CAPITAL}]\.|{_NAME}){_SURNAME}{{0,2}}"
)
_WORD = re.compile(rf"[{_LETTER}]+(?:-[{_LETTER}]+)*")
_AFTER = re.compile(rf"\s+{_NAME}")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?…:\n«\"(–—•-])\s*$")
_SAINT = re.compile(r"\b(?:saint|sainte|st|ste)[\s-]+$", re.I)


@dataclass(frozen=True)
class Mark:
    """A stretch of a text, from `start` up to `end`, and what it looks like."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Piece:
    """A stretch of a text as it stands; `reason` is "" where nothing is pointed at."""

    text: str
    reason: str = ""


def marks(text: str) -> tuple[Mark, ...]:
    """All that looks personal, in the text's order; no two overlap."""
    found: list[Mark] = []
    for detect in _DETECTORS:
        for mark in detect(text):
            if all(mark.end <= other.start or other.end <= mark.start for other in found):
                found.append(mark)
    return tuple(sorted(found, key=lambda mark: mark.start))


def pieces(text: str) -> tuple[Piece, ...]:
    """The whole text, cut where something is pointed at."""
    cut, last = [], 0
    for mark in marks(text):
        cut += [Piece(text[last : mark.start]), Piece(text[mark.start : mark.end], mark.reason)]
        last = mark.end
    return tuple(piece for piece in (*cut, Piece(text[last:])) if piece.text)


def _emails(text: str) -> Iterator[Mark]:
    return _every(_EMAIL, EMAIL, text)


def _phones(text: str) -> Iterator[Mark]:
    return _every(_PHONE, PHONE, text)


def _accounts(text: str) -> Iterator[Mark]:
    """Addresses of the web that hold the name of a user, and names after « @ »."""
    for found in _URL.finditer(text):
        if _USER.search(found[0]) or _NETWORK.search(found[0]):
            yield Mark(*found.span(), ACCOUNT)
    yield from _every(_BARE_NETWORK, ACCOUNT, text)
    yield from _every(_HANDLE, ACCOUNT, text)


def _addresses(text: str) -> Iterator[Mark]:
    yield from _every(_ADDRESS, ADDRESS, text)
    yield from _every(_TOWN, TOWN, text)


def _named(text: str) -> Iterator[Mark]:
    for found in _CIVILITY.finditer(text):
        yield Mark(*found.span(), f"un nom après {quoted(found[1])}")


def _first_names(text: str) -> Iterator[Mark]:
    names = _known_names()
    for found in _WORD.finditer(text):
        parts = _folded(found[0]).split("-")
        whole = names.get("-".join(parts))
        known = [whole] if whole is not None else [names.get(part) for part in parts]
        if None in known or _SAINT.search(text[max(0, found.start() - 8) : found.start()]):
            continue
        surname = _AFTER.match(text, found.end()) if _is_capitalised(found[0]) else None
        if all(known) and not surname and not _must_be_a_name(text, found):
            continue
        yield Mark(found.start(), surname.end() if surname else found.end(), FIRST_NAME)


def _must_be_a_name(text: str, word: re.Match[str]) -> bool:
    """Whether a word that may be another one has a capital that only a name would have."""
    before = text[max(0, word.start() - 8) : word.start()]
    return _is_capitalised(word[0]) and not _SENTENCE_ENDS.search(before)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


@cache
def _known_names() -> dict[str, bool]:
    """The first names, without accents, and whether each is a word too."""
    lines = FIRST_NAMES.read_text(encoding="utf-8").splitlines()
    return {line.rstrip("*"): line.endswith("*") for line in lines if not line.startswith("#")}


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _every(pattern: re.Pattern[str], reason: str, text: str) -> Iterator[Mark]:
    for found in pattern.finditer(text):
        yield Mark(*found.span(), reason)


# What comes first wins where two would overlap.
_DETECTORS: tuple[Callable[[str], Iterator[Mark]], ...] = (
    *(_emails, _accounts, _phones, _addresses, _named, _first_names),
)
