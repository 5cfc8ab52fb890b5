"""Words looked for in texts, whatever their case and accents."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

LONGEST_QUERY = 200

_ACCENTS = re.compile("[\u0300-\u036f]")
_ALIKE = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'"})


def folded(text: str) -> str:
    """The text as it is looked for and sorted: « Œuvre d’Été » as « oeuvre d'ete »."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_ALIKE)
    return _ACCENTS.sub("", plain)


def words(query: str) -> tuple[str, ...]:
    """The words of a query, as they were typed."""
    return tuple(word for word in query[:LONGEST_QUERY].split() if folded(word))


def holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether the text has every word of those wanted, in any order."""
    within = folded(text)
    return all(folded(word) in within for word in wanted)


def found(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text: starts and ends that do not overlap, in order."""
    patterns = [re.escape(folded(word)) for word in sorted(wanted, key=len, reverse=True)]
    if not patterns:
        return
    # One character may fold into several, or into none as an accent written apart does.
    places = [place for place, character in enumerate(text) for _ in folded(character)]
    places.append(len(text))
    end = 0
    for match in re.finditer("|".join(patterns), folded(text)):
        start = places[match.start()]
        if start >= end:
            end = max(places[match.end() - 1] + 1, places[match.end()])
            yield start, end
