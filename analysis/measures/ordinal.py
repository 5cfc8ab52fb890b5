"""One choice a person on a scale: counted as nominal answers, shown in the scale's order."""

from analysis.measures.nominal import encode, summarise

__all__ = ["encode", "summarise"]
