"""What an edition may still show of what people wrote.

Figures are frozen, words are not: an edition keeps fingerprints of the words that it showed. The
words are read through `publication` each time, and shown where they are still the very same: what
was withdrawn, kept private, redacted or rewritten since is gone from it too.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, TypeAlias

from analysis import structures
from analysis.frozen import replace_blocks
from analysis.report import Block, Detail, Report
from analysis.tables import Cell, Table
from survey import publication

MANY = 500
"""Of more numbers than this, all the texts of a question are read rather than theirs alone."""

TextPrints: TypeAlias = Sequence[tuple[int, Sequence[str]]]
"""A respondent's number, with the prints of what they wrote."""

RowPrints: TypeAlias = Sequence[Sequence[str]]
"""A row a structure, a print a cell; the first is that of its name."""


def fingerprints(report: Report) -> dict[str, Any]:
    """Of the texts that may be read in each block, and of each table of structures in its place."""
    code = report.campaign.structure.code
    blocks = report.blocks.values()
    return {
        "texts": {b.code: _texts(code, b.code, b.texts) for b in blocks if b.texts},
        "structures": {b.code: [_rows(report, d) for d in b.details] for b in blocks if b.details},
    }


def still_shown(
    report: Report,
    prints: Mapping[str, Any],
    numbers: Collection[int],
    changed: Collection[int] | None,
) -> Report:
    """The report with those words that its authors still publish as they were.

    `numbers`: theirs, and maybe others'; `changed`: of those of whom something public changed
    since, None if it may have of anyone.
    """
    code = report.campaign.structure.code

    def shown(block: Block) -> Block:
        kept = prints["structures"].get(block.code, ())
        details = [
            _with_rows(report, *each, numbers) for each in zip(block.details, kept, strict=True)
        ]
        texts = prints["texts"].get(block.code, ())
        return replace(_with_texts(code, block, texts, changed), details=tuple(details))

    return replace_blocks(report, shown)


def _with_texts(
    code: str, block: Block, kept: TextPrints, changed: Collection[int] | None
) -> Block:
    suspects = {number for number, _ in kept if changed is None or number in changed}
    now = dict(_texts(code, block.code, suspects))
    gone = {n: len(prints) for n, prints in kept if n in suspects and now.get(n) != prints}
    shown = tuple(number for number, _ in kept if number not in gone)
    groups = tuple(
        replace(group, numbers=tuple(n for n in group.numbers if n not in gone))
        for group in block.text_groups
    )
    return replace(block, texts=shown, text_groups=groups, gone=sum(gone.values()))


def _texts(code: str, question: str, numbers: Collection[int]) -> list[tuple[int, list[str]]]:
    if not numbers:
        return []
    found: dict[int, list[str]] = defaultdict(list)
    for text in publication.texts(code, question, numbers if len(numbers) < MANY else None):
        found[text.number].append(_print(text.text))
    return [(number, sorted(found[number])) for number in sorted({*numbers} & found.keys())]


def _rows(report: Report, detail: Detail) -> list[list[str]]:
    """Those of a table's rows, in their order."""
    codes = _questions(detail)
    if not codes:
        return []
    answers = publication.structures(report.campaign.structure, codes)
    found = dict(zip(_worded(report, codes, answers), answers, strict=True))
    return [_row(codes, found[row]) for row in detail.table.rows if row in found]


def _questions(detail: Detail) -> list[str]:
    """Those that a table shows of structures; a ranking has a column an item."""
    return list(dict.fromkeys(column.code.partition(".")[0] for column in detail.structures))


def _worded(
    report: Report, codes: Sequence[str], answers: Sequence[Mapping[str, Any]]
) -> list[tuple[Cell, ...]]:
    questions = report.campaign.structure.questions
    return structures.worded([questions[code] for code in codes], answers)


def _with_rows(report: Report, detail: Detail, kept: RowPrints, numbers: Collection[int]) -> Detail:
    """The rows of structures still named, each cell as long as its answer is the same."""
    codes = _questions(detail)
    if not codes:
        return detail
    answers = publication.structures(report.campaign.structure, codes, numbers)
    now = [_row(codes, each) for each in answers]
    matched = _matched(kept, now)
    shown = [
        {
            code: answers[at][code] if one == other else None
            for code, one, other in zip(codes, kept[then], now[at], strict=True)
        }
        for then, at in sorted(matched.items())
    ]
    whole = sum(kept[then] == now[at] for then, at in matched.items())
    rows = tuple(_worded(report, codes, shown))
    return replace(detail, table=Table(detail.table.columns, rows), gone=len(kept) - whole)


def _matched(kept: RowPrints, now: RowPrints) -> dict[int, int]:
    """The place among those of now of each row kept: the same row, or else one of the same name."""
    matched: dict[int, int] = {}
    for key in (tuple, itemgetter(0)):
        left = defaultdict(list)
        for at in sorted({*range(len(now))} - {*matched.values()}, reverse=True):
            left[key(now[at])].append(at)
        for then in sorted({*range(len(kept))} - matched.keys()):
            if left[key(kept[then])]:
                matched[then] = left[key(kept[then])].pop()
    return matched


def _row(codes: Sequence[str], answers: Mapping[str, Any]) -> list[str]:
    return [_print([code, answers[code]]) for code in codes]


def _print(value: Any) -> str:
    """A short name of words: it tells them from others, and gives none of them back."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]
