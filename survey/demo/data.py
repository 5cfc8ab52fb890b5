"""The data files of the demo, read once."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


def structures() -> Sequence[Mapping[str, Any]]:
    """Fictional structures: name, type, department, communication, what their people answer."""
    return _read("structures.yaml")


def figures() -> Mapping[str, Mapping[str, Any]]:
    """Exact counts of 2021, and plausible shares elsewhere."""
    return _read("figures.yaml")


def texts() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Fictional texts by question: text, verdict, public, if."""
    pool = {code: entries for code, entries in _read("texts.yaml").items() if code not in _APART}
    return {code: [_entry(entry) for entry in entries] for code, entries in pool.items()}


def precisions() -> Mapping[str, Sequence[str]]:
    """What people wrote after « Autre », by question."""
    return _read("texts.yaml")["autre"]


def dormant() -> Sequence[Mapping[str, Any]]:
    """Answers whose question was closed afterwards: question, answer, verdict, changed."""
    return _read("texts.yaml")["dormant"]


_APART = ("autre", "dormant")


def _entry(entry: str | Mapping[str, Any]) -> Mapping[str, Any]:
    whole = {"text": entry} if isinstance(entry, str) else entry
    return {"verdict": "approved", "if": {}} | dict(whole)


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
