"""What people wrote, as HTML: its addresses made links and the words looked for marked.

Everything is escaped here, so that templates print it as it is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from analysis import searching

LONGEST_SHOWN = 60
"""Characters of an address; the rest of a longer one is left to the link."""

# A name with a dot may be an account (« un.clavier.a.soi »), or two sentences without their space
# (« des moyens.de plus »): without a scheme, an address is known by these endings alone.
_ENDINGS = (
    "fr re gp mq gf yt nc pf wf bzh corsica alsace paris eu be ch lu mc ca pt uk com org net info "
    "biz pro coop museum edu io co cc fm tv app dev tech online blog xyz example"
)
_WORD = re.compile(r"[^\s<>\"«»“”]+")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_BARE = re.compile(
    rf"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_ENDINGS.replace(' ', '|')})(?::\d+)?(?:[/?#].*)?",
    re.IGNORECASE,
)
_BEFORE, _AFTER = "([{'’", ".,;:!?…'’"
_CLOSING = {")": "(", "]": "[", "}": "{"}


class Link(NamedTuple):
    """Where an address stands in a text, and where it leads."""

    start: int
    end: int
    href: str


def found(text: str) -> Iterator[Link]:
    """The addresses of a text, with a scheme or bare; an account or an e-mail is none."""
    for match in _WORD.finditer(text):
        start, end = _trimmed(match[0], match.start())
        href = _href(text[start:end])
        if href:
            yield Link(start, end, href)


def _trimmed(word: str, start: int) -> tuple[int, int]:
    """The word without the punctuation around it: « (voir site.fr). »"""
    bare = word.lstrip(_BEFORE)
    start += len(word) - len(bare)
    while bare and (bare[-1] in _AFTER or _closes_nothing(bare)):
        bare = bare[:-1]
    return start, start + len(bare)


def _closes_nothing(word: str) -> bool:
    opening = _CLOSING.get(word[-1])
    return opening is not None and word.count(word[-1]) > word.count(opening)


def _href(word: str) -> str:
    """Where the word leads; "" if it is no address, or one that would hide where it leads."""
    if not _ADDRESS.match(word):
        return f"https://{word}" if _BARE.fullmatch(word) else ""
    try:
        address = urlsplit(word)
        is_plain = address.hostname and "@" not in address.netloc and address.port != 0
    except ValueError:
        return ""
    return word if is_plain else ""


def paragraphs(text: str, wanted: Sequence[str] = ()) -> SafeString:
    """The text in paragraphs, as its author put blank lines."""
    parts = re.split(r"\n\s*\n", text.strip())
    lines = [[(inline(line, wanted),) for line in part.split("\n")] for part in parts]
    broken = [(format_html_join(mark_safe("<br>"), "{}", part),) for part in lines]
    return format_html_join("\n", "<p>{}</p>", broken)


def inline(text: str, wanted: Sequence[str] = ()) -> SafeString:
    """One line: links, and the words looked for marked."""
    marks = list(searching.found(text, wanted))
    pieces, place = [], 0
    for link in found(text):
        pieces.append(_marked(text, place, link.start, marks))
        shown = min(link.end, link.start + LONGEST_SHOWN)
        words = _marked(text, link.start, shown, marks)
        rest = "…" if shown < link.end else ""
        pieces.append(
            format_html('<a href="{}" rel="nofollow noopener">{}{}</a>', link.href, words, rest)
        )
        place = link.end
    pieces.append(_marked(text, place, len(text), marks))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _marked(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> SafeString:
    """This part of the text, with what is marked of it."""
    pieces = []
    for first, last in marks:
        first, last = max(first, start), min(last, end)
        if first < last:
            pieces.append(format_html("{}<mark>{}</mark>", text[start:first], text[first:last]))
            start = last
    pieces.append(format_html("{}", text[start:end]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
