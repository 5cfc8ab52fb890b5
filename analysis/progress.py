"""Two reports of one campaign, one frozen before the other -> what has changed, in a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.report import Block, Report
from analysis.uncertainty import may_be_chance
from analysis.wording import SEMICOLON, SMALL_BASE, with_unit
from survey.dates import day
from survey.french import NO_BREAK_SPACE, listed, number, percent, quoted

MOVES_SAID = 3
NAMES_SAID = 3
COLON = f"{NO_BREAK_SPACE}:"

Counted = tuple[int, int]
"""How many gave an answer, of how many who answered the question."""


@dataclass(frozen=True)
class Move:
    """One figure of a block, before and now, and how it is said."""

    before: Counted
    now: Counted
    words: str

    @property
    def reach(self) -> float:
        """Rounded, so that of two answers that are each other's rest the first is said."""
        return round(abs(self.now[0] / self.now[1] - self.before[0] / self.before[1]), 9)

    def may_be_chance(self, compared: int) -> bool:
        """Of those who have answered since, beside those before: the groups have nobody in common.

        Where answers were changed or taken back, the newcomers cannot be told apart.
        """
        count, base = (now - before for now, before in zip(self.now, self.before, strict=True))
        since = (count, base) if base and 0 <= count <= base else self.now
        return may_be_chance(self.before, since, compared)


def since(before: Report, now: Report) -> str:
    """« Depuis l’édition du 5 mars 2021 : 12 réponses de plus ; ce qui a le plus bougé : … »."""
    edition = f"Depuis l’édition du {day(before.edition)}"
    if _figures(before) == _figures(now):
        return f"{edition}, rien n’a changé."
    said = [_responses(before, now), *_questions(before, now), _moves(before, now)]
    return f"{edition}{COLON} {f'{SEMICOLON} '.join(said)}."


def _figures(report: Report) -> Any:
    blocks = {code: (block.base, block.figures) for code, block in report.blocks.items()}
    return report.respondents, blocks


def _responses(before: Report, now: Report) -> str:
    more = now.respondents.total - before.respondents.total
    if not more:
        return "autant de réponses"
    noun = "réponse" if abs(more) == 1 else "réponses"
    return f"{number(abs(more))} {noun} de {'plus' if more > 0 else 'moins'}"


def _questions(before: Report, now: Report) -> Iterator[str]:
    came = [block.title for code, block in now.blocks.items() if code not in before.blocks]
    went = [block.title for code, block in before.blocks.items() if code not in now.blocks]
    if came:
        yield f"{_named(came, 'question ajoutée', 'questions ajoutées')}"
    if went:
        yield f"{_named(went, 'question retirée', 'questions retirées')}"


def _named(titles: list[str], one: str, many: str) -> str:
    """« question ajoutée : « Âge » »; of many, how many, and the first."""
    said = [quoted(title) for title in titles[:NAMES_SAID]]
    more = len(titles) - len(said)
    if more:
        said.append(f"{number(more)} autre{'s' if more > 1 else ''}")
    count = f"{number(len(titles))} " if len(titles) > 1 else ""
    return f"{count}{one if len(titles) == 1 else many}{COLON} {listed(said)}"


def _moves(before: Report, now: Report) -> str:
    both = [
        (block, now.blocks[code]) for code, block in before.blocks.items() if code in now.blocks
    ]
    by_block = [list(_of_block(then, at)) for then, at in both]
    compared = sum(map(len, by_block))
    sure = [[m for m in moves if not m.may_be_chance(compared)] for moves in by_block]
    most = [max(moves, key=lambda move: move.reach) for moves in sure if moves]
    most.sort(key=lambda move: -move.reach)
    if not most:
        return "aucun chiffre n’a nettement bougé"
    said = f"{SEMICOLON} ".join(move.words for move in most[:MOVES_SAID])
    return f"ce qui a le plus bougé{COLON} {said}"


def _of_block(before: Block, now: Block) -> Iterator[Move]:
    """Its figures that both reports tell, on enough answers for a share to mean something."""
    bases = [block.base.answered if block.base else 0 for block in (before, now)]
    if min(bases) < SMALL_BASE:
        return
    if "distribution" in before.figures and "distribution" in now.figures:
        yield from _median(before, now, *bases)
    then, at = _counts(before.figures), _counts(now.figures)
    for choice, (label, count) in at.items():
        _, earlier = then.get(choice, ("", None))
        if count is None or earlier is None:
            continue
        shares = percent(earlier / bases[0]), percent(count / bases[1])
        if shares[0] != shares[1]:
            words = f"{quoted(now.title)}, {label} passe de {shares[0]} à {shares[1]}"
            yield Move((earlier, bases[0]), (count, bases[1]), words)


def _counts(figures: Mapping[str, Any]) -> dict[str, tuple[str, int | None]]:
    """Of each choice how it is said and its count; of ranks, how often it comes first."""
    shares = {s["choice"]: (quoted(s["label"]), s["count"]) for s in figures.get("shares", ())}
    ranks = {
        rank["choice"]: (f"{quoted(rank['label'])} en premier", rank["counts"][0])
        for rank in figures.get("ranks", ())
    }
    return shares | ranks


def _median(before: Block, now: Block, earlier: int, base: int) -> Iterator[Move]:
    """The median, weighed by how many are above the edge of classes that stands nearest to it."""
    then, at = before.figures["distribution"], now.figures["distribution"]
    edges = {b["from"] for b in then["bins"][1:]} & {b["from"] for b in at["bins"][1:]}
    if then["median"] == at["median"] or not edges:
        return
    edge = min(edges, key=lambda edge: (abs(edge - then["median"]), edge))
    unit = (now.question.unit, now.question.unit_one) if now.question else ("", "")
    medians = f"{number(then['median'], 1)} à {with_unit(at['median'], *unit)}"
    words = f"{quoted(now.title)}, médiane de {medians}"
    yield Move((_above(then, edge), earlier), (_above(at, edge), base), words)


def _above(distribution: Mapping[str, Any], edge: float) -> int:
    return sum(each["count"] or 0 for each in distribution["bins"] if each["from"] >= edge)
