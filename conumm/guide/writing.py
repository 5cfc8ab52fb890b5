"""From a chapter's Markdown to its HTML; the text is ours, so it is trusted.

A link is an address' name (`admin:index`) or a chapter's (`aide:lire-les-textes#annuler`), an image
a name in `pictures.py`, and what stands in bold is written so on a page of the admin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from survey.french import NARROW_SPACE, NO_BREAK_SPACE

CHAPTER = "aide:"
PIXELS = 2
"""Of a picture, for each of the page's."""

_NARROW = re.compile(r" (?=[;!?%])")
_BROAD = re.compile(r" (?=[:»])|(?<=«) ")


@dataclass(frozen=True)
class Heading:
    anchor: str
    title: str


@dataclass(frozen=True)
class Text:
    """A chapter, read: its parts are what its contents list."""

    title: str
    summary: str
    parts: tuple[Heading, ...]
    tokens: Sequence[Token]

    @property
    def html(self) -> SafeString:
        return mark_safe(_MARKDOWN.renderer.render(self.tokens, _MARKDOWN.options, {}))

    def links(self) -> list[str]:
        return [str(token.attrs["href"]) for token in self._inside("link_open")]

    def pictures(self) -> dict[str, str]:
        """What each shows, in words, by its name."""
        return {str(token.attrs["src"]): token.content for token in self._inside("image")}

    def anchors(self) -> set[str]:
        opened = [token for token in self.tokens if token.type == "heading_open"]
        return {str(token.attrs["id"]) for token in opened}

    def labels(self) -> list[str]:
        """What is in bold: the words of a button, of a field, of a page."""
        children = [child for token in self.tokens for child in token.children or ()]
        return [
            _plain(children[place + 1 :], until="strong_close")
            for place, child in enumerate(children)
            if child.type == "strong_open"
        ]

    def _inside(self, kind: str) -> list[Token]:
        children = (child for token in self.tokens for child in token.children or ())
        return [child for child in children if child.type == kind]


def read(markdown: str) -> Text:
    """Its title is the first heading, its summary the first paragraph."""
    tokens = _MARKDOWN.parse(markdown)
    titles = {}
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open":
            title = _plain(inline.children)
            opened.attrs["id"] = slugify(title)
            titles.setdefault(opened.tag, []).append(Heading(slugify(title), title))
    (title,) = titles["h1"]
    return Text(title.title, _plain(tokens[4].children), tuple(titles.get("h2", ())), tokens[6:])


def typographic(words: str) -> str:
    """Spaces that do not break, where French wants them."""
    return _BROAD.sub(NO_BREAK_SPACE, _NARROW.sub(NARROW_SPACE, words))


def address(link: str) -> str:
    """Where a link of a chapter leads; NoReverseMatch if nowhere."""
    if link.startswith("#"):
        return link
    name, _, anchor = link.partition("#")
    if name.startswith(CHAPTER):
        path = reverse("admin:guide_chapter", args=[name.removeprefix(CHAPTER)])
    else:
        path = reverse(name)
    return f"{path}#{anchor}" if anchor else path


def file_of(picture: str) -> str:
    return f"img/guide/{picture}.webp"


def _plain(children: Sequence[Token] | None, until: str = "") -> str:
    words = ""
    for child in children or ():
        if child.type == until:
            break
        words += " " if child.type == "softbreak" else child.content
    return typographic(words)


@cache
def _size(file: str) -> tuple[int, int]:
    """Of a lossless WebP on the page: 14 bits each, less one."""
    head = (settings.BASE_DIR / "static" / file).read_bytes()[21:25]
    bits = int.from_bytes(head, "little")
    return ((bits & 0x3FFF) + 1) // PIXELS, ((bits >> 14 & 0x3FFF) + 1) // PIXELS


def _image(renderer: RendererHTML, tokens: Sequence[Token], place: int, *_: Any) -> str:
    token = tokens[place]
    file = file_of(str(token.attrs["src"]))
    width, height = _size(file)
    return format_html(
        '<a href="{0}"><img src="{0}" width="{1}" height="{2}" alt="{3}" loading="lazy"></a>',
        *(static(file), width, height, typographic(token.content)),
    )


def _link(renderer: RendererHTML, tokens: Sequence[Token], place: int, *_: Any) -> str:
    return format_html('<a href="{}">', address(str(tokens[place].attrs["href"])))


def _text(renderer: RendererHTML, tokens: Sequence[Token], place: int, *_: Any) -> str:
    return escapeHtml(typographic(tokens[place].content))


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
for _type, _rule in {"image": _image, "link_open": _link, "text": _text}.items():
    _MARKDOWN.add_render_rule(_type, _rule)
