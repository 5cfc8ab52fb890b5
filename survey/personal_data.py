"""What looks personal in a text: where it stands, and why it is pointed at. Decides nothing.

It errs towards pointing at too much, but not at plain words: marks by the dozen are not read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from survey.french import quoted

FIRST_NAMES = Path(__file__).with_name("first_names.txt")
FAMOUS_NAMES = Path(__file__).with_name("famous_names.txt")
TOWNS = Path(__file__).with_name("towns.txt")

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
# Also words of everyday life, but not after a number when they are one alone: « 3 places ».
_PLACE = (
    r"place|pl\.?|route|rte\.?|square|sentier|esplanade|r[ée]sidence|lotissement|hameau|mont[ée]e"
)
_SPOT = rf"{_PLACE}|passage|voie|villa|cit[ée]|rond-point|c[ôo]te"
_NUMBER = r"(?<![\d.,])\d{1,4}(?:\s?(?:bis|ter|quater|[A-D]\b))?\s?,?\s+(?:de\s+la\s+|du\s+)?"
# « 5 cours Windows » and « 1 mail Google » are no addresses.
_TOOL = (
    r"(?i:windows|word|excel|google|g?mail|internet|facebook|android|linux|mac|apple|office|zoom|"
    r"python|scratch|pix|wifi|outlook|power|libre|open|photoshop|skype|whatsapp|arduino|ordi|"
    r"d[ée]butant|senior|informatique|num[ée]rique|individuel|collectif)"
)

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+(?:\s?(?:@|[\[(](?:at|a|arobase)[\])])\s?[\w-]+(?:\.[\w-]+)+"
    r"|\s+arobase\s+[\w-]+(?:(?:\s+point\s+|\.)[\w-]+)+|\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)+)",
    re.I,
)
_ABROAD = r"\(?(?:\+|00)\s?(?:33|262|590|594|596|508|681|687|689)\)?[\s.-]?(?:\(0\)[\s.-]?)?"
_PHONE = re.compile(
    r"(?<![\d+])(?!0123456789|\d\d[./]\d\d[./]\d{4}\b)"
    rf"(?:{_ABROAD}[1-9](?:[\s./_-]{{0,2}}\d){{8}}|0[1-9](?:[\s./_-]{{0,2}}\d{{2}}){{4}}"
    r"|0[1-9](?:[\s.-]\d{3}){2}[\s.-]\d{2}|0[1-9]\d\d(?:[\s.-]\d{3}){2})(?!\d)"
)
_REST = r"[^\s<>«»]*[^\s<>«».,;:!?)\]]"
_URL = re.compile(r"(?:https?://|www\.)[^\s<>«»]+[^\s<>«».,;:!?)\]]", re.I)
# What follows the name of a network where it is no account.
_NO_ACCOUNT = (
    r"(?!(?:watch|embed|playlist|results|hashtag|search|sharer|share|intent|explore|login|help|"
    r"groups|events|jobs|feed)\b)"
)
_NETWORK = re.compile(
    r"(?:^|\.|//|@)(?:(?:facebook|fb|instagram|twitter|x|tiktok|linkedin|youtube|twitch|github|"
    r"gitlab|snapchat|pinterest|threads|bsky|medium|flickr|viadeo|vk)\.(?:com|fr|net|app|tv)|"
    rf"t\.me|wa\.me|fb\.me)/{_NO_ACCOUNT}\w",
    re.I,
)
_BARE_NETWORK = re.compile(
    r"(?<![\w/.@-])(?:(?:facebook|fb|instagram|twitter|x|tiktok|linkedin|youtube|twitch|github|"
    rf"gitlab|vk)\.(?:com|fr|tv)|t\.me|wa\.me|fb\.me)/{_NO_ACCOUNT}{_REST}"
    rf"|(?<![\w/.@-])[\w-]{{1,60}}(?:\.[\w-]{{1,60}}){{1,4}}/[@~]\w{_REST}",
    re.I,
)
_USER = re.compile(
    r"/(?:~|@)\w|/(?:u|users?|profile?s?|profil|membres?|members?|people|auteurs?|authors?|in|"
    r"compte|accounts?)/[^/?#]|[?&](?:user|username|login|author|auteur|profile)=\w|//[^/\s]+@",
    re.I,
)
_OWN_SITE = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?!www\.|[a-z]{2}\.)[\w-]{3,60}\.(?:(?:wordpress|blogspot|tumblr|wixsite|"
    r"weebly|jimdo|jimdofree|over-blog|canalblog|skyrock|substack)\.(?:com|fr)|git(?:hub|lab)\.io)"
    rf"(?![\w-])(?:/(?:{_REST})?)?",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w.@/])@\w[\w.-]*\w")
_ADDRESS = re.compile(
    rf"{_NUMBER}(?:(?i:{_STREET})\s+(?:{_LINK})*[{_LETTER}'’-]+"
    rf"|(?i:{_PLACE})\s+(?i:du\s|des\s|de\s+la\s|de\s+l['’])\s*[{_LETTER}'’-]+"
    rf"|(?i:cours|mail)\s+(?:{_LINK})*(?!{_TOOL}|[{_CAPITAL}]+\b){_NAME}"
    rf"|(?i:{_SPOT})\s+(?:{_LINK})*{_NAME})(?:[\s-]+(?:{_LINK})*{_NAME})*"
    rf"(?:\s*,?\s*\d{{5}}(?:\s+[{_LETTER}'’-]+)?)?"
)
_COUNTED = (
    r"(?i:euros?|eur|habitants?|personnes?|visit\w+|usag\w+|fran[çc]ais\w*|km|m2|"
    r"\w+(?:ants|ents|eurs|istes|iens|iennes|trices|ises|ions))"
)
_TOWN = re.compile(
    rf"(?<![\d.,])(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}}\s+(?!{_COUNTED}\b){_NAME}(?:[\s-]{_NAME})*"
)
_POSTCODE = re.compile(
    rf"(?<![\d.,])(0[1-9]|[1-8]\d|9[0-8])\s?\d{{3}}\s+((?:(?:la|le|les)\s)?[{_LETTER}'’-]+)", re.I
)
_PLURAL = r"MM\.?|[Mm]mes\.?|[Mm]lles\.?|[Mm]essieurs|[Mm]esdames"
_SHORT = r"M\.|[Mm](?:r|me|lle)\b\.?|MR|MME|MLLE|Dr\b\.?|Pr\b\.?"
_TITLE = (
    rf"{_PLURAL}|{_SHORT}|M|Me|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeur|[Mm]a[îi]tre|"
    r"MONSIEUR|MADAME|Mgr|[Mm]onseigneur"
)
# « Mme la directrice » is nobody's name, « Mme la directrice Dupont » is; « M. Le Goff » as well.
_OFFICE = (
    r"(?i:maire(?:sse)?|direct\w+|pr[ée]sident\w*|ministre|pr[ée]f[èe]te?|secr[ée]taire|conseill\w+|"
    r"d[ée]put[ée]e?|s[ée]nat\w+|principale?|proviseure?|recteur|rectrice|inspect\w+|responsable|"
    r"chef\w*|adjointe?|professeure?|cur[ée]|juge|commissaire|procureure?|coordinat\w+|tr[ée]sori\w+|"
    r"m[ée]decin|docteure?|m[ée]di\w+|bourgmestre|intendante?)\b"
)
_THE = r"(?i:la\s+|le\s+|l['’])"
_PERSON = rf"(?:[{_CAPITAL}]\.|{_NAME}){_SURNAME}{{0,2}}"
_HELD = rf"{_THE}(?:{_OFFICE}|[a-zß-ÿ-]+)(?:\s+(?:adjointe?|générale?))?\s+(?!{_OFFICE}){_PERSON}"
_PLAIN = rf"(?!{_THE}{_OFFICE})(?:de\s+|du\s+|d['’]|le\s+|la\s+)?{_PERSON}"
_FUNCTION_WORDS = (
    r"(?:les?|las?|l|des?|du|d|et|ou|est|était|sont|ont|avait|qui|que|dans|pour|avec|sur|par|aux?|"
    r"pas|ses?|son|mon|mes|notre|votre|leur|une?|très|plus|mais|car|donc|chez|comme|quand|toute?s?)\b"
)
_CIVILITY = re.compile(
    rf"(?<![\w.])(?:(?P<several>{_PLURAL})\s+{_PERSON}(?:(?:\s*,\s*|\s+(?:et|&)\s+){_PERSON})*"
    rf"|(?P<one>(?:(?:{_TITLE})\s+(?:et|ou|&)\s+)?(?:{_TITLE}))(?:(?<=\.)\s*|\s+)(?:{_HELD}|{_PLAIN})"
    rf"|(?P<short>{_SHORT})\s*(?!{_FUNCTION_WORDS}|{_OFFICE})[a-zß-ÿ][{_LETTER}'’-]{{2,}})"
)
_WORD = re.compile(rf"[{_LETTER}]+(?:-[{_LETTER}]+)*")
_AFTER = re.compile(rf"\s+{_NAME}")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?…:\n«\"(–—•-])\s*$")
_SAINT = re.compile(r"\b(?:saint|sainte|st|ste)[\s-]+$", re.I)
# What only somebody does: « Rose vient », but « Pierre par pierre ».
_DOES = re.compile(
    r"\s+(?:nous|vous|lui|leur|[mts]['’]|[mst]e\s|a\s|vient|passe|aide|anime|dit|arrive|travaille|habite|"
    r"explique|accompagne|propose|voudrait|veut|peut|sait|gère|connaît|avait|"
    r"est\s+(?:venue?|là|très|toujours|notre|mon|ma|partie?|mort)\b)",
)
# « Carte Blanche » is a title, « Bonjour Blanche » is said to somebody.
_IN_A_TITLE = re.compile(
    rf"(?<![{_LETTER}])(?!(?:Bonjour|Bonsoir|Merci|Avec|Pour|Chez|Sans|Selon|Par|Quand|Comme|Voilà|Voici|"
    rf"Chère?|Et|Mais|Puis|Si|De|À|A|Bravo|Coucou|Salut|[{_LETTER}]+ez)\s)[{_CAPITAL}][{_LETTER}'’-]+\s+$"
)


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
    yield from _every(_OWN_SITE, ACCOUNT, text)
    yield from _every(_BARE_NETWORK, ACCOUNT, text)
    yield from _every(_HANDLE, ACCOUNT, text)


def _addresses(text: str) -> Iterator[Mark]:
    yield from _every(_ADDRESS, ADDRESS, text)
    yield from _every(_TOWN, TOWN, text)
    for found in _POSTCODE.finditer(text):
        if f"{found[1]} {_folded(found[2])}" in _listed(TOWNS):
            yield Mark(*found.span(), TOWN)


def _named(text: str) -> Iterator[Mark]:
    for found in _CIVILITY.finditer(text):
        yield Mark(*found.span(), f"un nom après {quoted(found[found.lastgroup])}")


def _first_names(text: str) -> Iterator[Mark]:
    names = _known_names()
    text = _famous().sub(lambda name: " " * len(name[0]), text)
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
    """Whether a word that may be another one stands as only a name would."""
    if not _is_capitalised(word[0]):
        return False
    before = text[max(0, word.start() - 30) : word.start()]
    if _SENTENCE_ENDS.search(before):
        return _DOES.match(text, word.end()) is not None
    return not _IN_A_TITLE.search(before)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


@cache
def _known_names() -> dict[str, bool]:
    """The first names, without accents, and whether each is a word too."""
    return {line.rstrip("*"): line.endswith("*") for line in _listed(FIRST_NAMES)}


@cache
def _famous() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_listed(FAMOUS_NAMES))})\b")


@cache
def _listed(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


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
