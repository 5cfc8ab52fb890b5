"""A report as JSON and back: what an edition keeps.

What older versions wrote is read for ever: unknown keys are ignored and a missing one takes its
field's default. So whatever is added to a report has a default, a chart's or a cell's class keeps
its name, a map's file too, and tests hold it on editions written long ago.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from functools import cache, partial
from importlib import import_module
from operator import eq
from pkgutil import iter_modules
from types import NoneType
from typing import Any, get_args

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import make_converter
from django.utils.safestring import SafeString, mark_safe

from analysis import charts, declarations
from analysis.charts.geography import Geography
from analysis.charts.shapes import Chart
from analysis.report import Block, Detail, Report
from analysis.tables import Cell, Table

NOT_KEPT: Mapping[type, tuple[str, ...]] = {
    Detail: ("gone",),
    Block: ("facts", "question", "texts", "groups", "gone"),
    Report: ("splits", "selection", "edition"),
}
"""What is not shown, is found elsewhere, or names people; the inner before what holds it."""

PLAIN = (str, int, float, bool, NoneType)


def written(report: Report) -> str:
    """Its figures, its wording and its questionnaire, without a word that respondents wrote."""
    return json.dumps(_converter().unstructure(_impersonal(report)), ensure_ascii=False)


def read(document: str) -> Report:
    """The report of which `written` gave this, whenever that was."""
    report = _converter().structure(json.loads(document), Report)
    questions = report.campaign.structure.questions
    return replace_blocks(report, lambda b: replace(b, question=questions.get(b.code)))


def replace_blocks(report: Report, change: Callable[[Block], Block]) -> Report:
    sections = [replace(s, blocks=tuple(map(change, s.blocks))) for s in report.sections]
    return replace(report, sections=tuple(sections))


def _impersonal(report: Report) -> Report:
    return replace_blocks(
        report, lambda block: replace(block, details=tuple(map(_without_rows, block.details)))
    )


def _without_rows(detail: Detail) -> Detail:
    if not detail.structures:
        return detail
    return replace(detail, table=Table(detail.table.columns, ()))


@cache
def _converter() -> Converter:
    made = make_converter(detailed_validation=False)
    made.register_unstructure_hook(float, _number)
    # It was sanitised before it was frozen.
    made.register_structure_hook(SafeString, lambda html, _: mark_safe(html))
    made.register_unstructure_hook(Geography, lambda geography: geography.name)
    made.register_structure_hook(Geography, lambda name, _: declarations.geography(name))
    cells = {each.__name__: each for each in get_args(Cell) if each not in PLAIN}
    for union, classes in ((Chart, chart_classes()), (Cell, cells)):
        write, read = _tagged(made, classes)
        made.register_unstructure_hook_func(partial(eq, union), write)
        made.register_structure_hook_func(partial(eq, union), read)
    for kept, names in NOT_KEPT.items():
        left_out = {name: override(omit=True) for name in names}
        made.register_unstructure_hook(kept, make_dict_unstructure_fn(kept, made, **left_out))
        made.register_structure_hook(kept, make_dict_structure_fn(kept, made, **left_out))
    return made


def _tagged(
    made: Converter, classes: Mapping[str, type]
) -> tuple[Callable[[Any], Any], Callable[[Any, Any], Any]]:
    """Plain values as they are; others as `{"Bars": …}`, by the name of their class."""

    def write(value: Any) -> Any:
        if isinstance(value, PLAIN):
            return made.unstructure(value)
        name = type(value).__name__
        if classes.get(name) is not type(value):
            raise TypeError(f"An edition keeps {', '.join(classes)}; not {value!r}.")
        return {name: made.unstructure(value)}

    def read(data: Any, _: Any) -> Any:
        if not isinstance(data, dict):
            return data
        ((name, content),) = data.items()
        return made.structure(content, classes[name])

    return write, read


def _number(value: float) -> float | str:
    """JSON has no infinity; `float` reads its name."""
    return value if math.isfinite(value) else str(value)


@cache
def chart_classes() -> Mapping[str, type]:
    """Every chart by its name: whatever the modules of `charts` define that can be drawn."""
    modules = [import_module(f"{charts.__name__}.{m.name}") for m in iter_modules(charts.__path__)]
    found = [
        each
        for module in modules
        for each in vars(module).values()
        if is_dataclass(each) and hasattr(each, "drawing") and each.__module__ == module.__name__
    ]
    by_name = {each.__name__: each for each in found}
    if len(by_name) < len(found):
        raise TypeError("Two charts have the same name: an edition could not tell them apart.")
    return by_name
