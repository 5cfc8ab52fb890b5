"""What changed between two versions of a text, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s\w]|\w+")
# Beyond these many words, the commonest are not looked for one by one: it would take seconds.
LONG = 400


@dataclass(frozen=True)
class Change:
    """A stretch of both versions: `removed` and `added` are "" where they say the same."""

    kept: str = ""
    removed: str = ""
    added: str = ""


def between(before: str, after: str) -> tuple[Change, ...]:
    """The stretches of these versions, in order."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matched = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > LONG).get_opcodes()
    changes = []
    for kind, i, j, k, m in matched:
        removed, added = "".join(old[i:j]), "".join(new[k:m])
        changes.append(Change(kept=added) if kind == "equal" else Change("", removed, added))
    return tuple(changes)
