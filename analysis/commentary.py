"""Editors' commentary on the report: Markdown to HTML with the figures of now, and its guards.

Figures are put in after the Markdown is parsed, as plain text: a label's own stars and brackets
stay what they are. Without HTML in the source, and sanitised once more, nothing else gets through.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import nh3
from django.db.models import TextChoices
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from analysis import cited, guards
from analysis.cited import COLON, Figure
from analysis.models import Commentary
from analysis.models.commentary import Written
from analysis.notes import Note
from analysis.report import Block, Report, Section
from survey.french import quoted

UNDER_SECTION, UNDER_BLOCK = 2, 3
"""The level of the heading that a commentary stands under."""

FIGURE = "figure"
TAGS = {"p", "br", "hr", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"} | {
    f"h{level}" for level in range(UNDER_SECTION + 1, 7)
}
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
SCHEMES = {"http", "https", "mailto"}

FIGURE_IN_ADDRESS = (
    f"L’adresse d’un lien ne peut pas contenir de chiffre{COLON} écrivez-la sans accolades, "
    "et le chiffre dans le texte."
)
_ADDRESS_BEGUN = re.compile(r"\]\(\S*$")


class State(TextChoices):
    REVIEW = "review", "à revoir"
    CURRENT = "current", "à jour"
    DRAFT = "draft", "brouillon"


def _figure(state: StateInline, silent: bool) -> bool:
    """`{{ … }}` in running text; in code it is code."""
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos)
    written = state.src[state.pos + 2 : end]
    if end < 0 or "{" in written:
        return False
    if not silent:
        state.push(FIGURE, "", 0).content = written
    state.pos = end + 2
    return True


def _said(renderer: RendererHTML, tokens: Sequence[Token], place: int, _: Any, env: Any) -> str:
    figure = Figure.parse(tokens[place].content)
    return escapeHtml(cited.said(figure, env["report"]))


_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_MARKDOWN.inline.ruler.push(FIGURE, _figure)
_MARKDOWN.add_render_rule(FIGURE, _said)


def html(body: str, report: Report, under: int = UNDER_BLOCK) -> SafeString:
    """The text as the page shows it, its headings below the level `under`."""
    tokens = _MARKDOWN.parse(body)
    for token in tokens:
        if token.type.startswith("heading"):
            token.tag = f"h{min(int(token.tag[1]) + under, 6)}"
    made = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {"report": report})
    clean = nh3.clean(
        made, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow"
    )
    return mark_safe(clean)


def problems(body: str, report: Report) -> list[str]:
    """The figures that do not exist and what to write instead, in French."""
    found = []
    tokens = _inline(body)
    if any(map(_has_figure_in_address, tokens, ["", *(token.content for token in tokens)])):
        found.append(FIGURE_IN_ADDRESS)
    for token in tokens:
        if token.type == FIGURE and (problem := Figure.parse(token.content).problem(report)):
            found.append(cited.sentence(f"{{{{ {token.content.strip()} }}}}{COLON} {problem}"))
        if token.type == "text" and ("{{" in token.content or "}}" in token.content):
            found.append(
                f"Des accolades sont sans leur pair dans {quoted(token.content.strip())}{COLON} "
                "écrivez {{ chiffre }}."
            )
    return found


def _has_figure_in_address(token: Token, before: str) -> bool:
    """Whether a link leads to `{{ … }}`; one with a space in it is no link any more."""
    if token.type == FIGURE:
        return _ADDRESS_BEGUN.search(before) is not None
    return token.type == "link_open" and "%7B%7B" in str(token.attrs["href"]).upper()


def _inline(body: str) -> list[Token]:
    return [child for token in _MARKDOWN.parse(body) for child in token.children or ()]


def anchor(section: Section) -> str:
    """As the page names it; no block's code has a dash."""
    return f"partie-{section.code}"


def written_on(place: str, report: Report) -> int:
    """How many answers a commentary at this place is written on: its block's, or all."""
    block = report.blocks.get(place)
    return block.base.answered if block and block.base else report.respondents.total


def places(report: Report | None) -> Mapping[str, Block | Section]:
    """All that may be commented, section by section, in the report's order."""
    found: dict[str, Block | Section] = {}
    for section in report.sections if report else ():
        found[anchor(section)] = section
        found |= {block.code: block for block in section.blocks}
    return found


def state_of(commentary: Commentary, report: Report | None) -> State:
    if not commentary.is_published:
        return State.DRAFT
    return State.REVIEW if reasons_to_review(commentary.written, report) else State.CURRENT


def reasons_to_review(written: Written, report: Report | None) -> list[str]:
    """Why the figures of now do not bear this out, in French; none if they do."""
    if written.place not in places(report):
        return [f"l’emplacement {quoted(written.place)} n’existe plus"]
    return guards.failures(written.guards, report) + problems(written.body, report)


def note(written: Written, report: Report) -> Note:
    under = UNDER_BLOCK if written.place in report.blocks else UNDER_SECTION
    made = html(written.body, report, under)
    return Note(
        position=written.position,
        html=made,
        text=unescape(nh3.clean(made, tags=set())).strip(),
        written_at=written.written_at,
        base=written.base,
        outdated=bool(reasons_to_review(written, report)),
    )


def annotated(report: Report, commentaries: tuple[Written, ...]) -> Report:
    """The report with these commentaries at their places."""
    notes: dict[str, tuple[Note, ...]] = {}
    for written in commentaries:
        notes[written.place] = (*notes.get(written.place, ()), note(written, report))
    if not notes:
        return report
    return replace(report, sections=tuple(_section(section, notes) for section in report.sections))


def _section(section: Section, notes: Mapping[str, tuple[Note, ...]]) -> Section:
    blocks = tuple(
        replace(block, commentary=notes[block.code]) if block.code in notes else block
        for block in section.blocks
    )
    own = notes.get(anchor(section), ())
    return replace(section, blocks=blocks, commentary=own)
