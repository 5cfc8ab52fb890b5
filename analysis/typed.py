"""Plain data of a report file -> dataclasses, by the types of their fields.

Whatever does not fit is refused with its place and what to write. A field that holds a dataclass,
a list of them or one a code is read in the same way; `metadata={"one": "block"}` is how places
name one of those that stand by code.
"""

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


class ReportError(ValueError):
    """What is wrong in a report file: which file, block and key, and what to write."""


def make(into: type, data: Any, place: str, **given: Any) -> Any:
    """The dataclass `into` with the values of `data`, and those given, which no file may write."""
    values, types = keyed(data, place), get_type_hints(into)
    known = {f.name: f for f in fields(into) if f.name not in given}
    for key in values:
        if key not in known:
            raise ReportError(f'{place}: key "{key}" is unknown; use one of {", ".join(known)}.')
    for name, each in known.items():
        if name not in values and _is_required(each):
            raise ReportError(f'{place}: key "{name}" is missing.')
    made = {k: _field(known[k], types[k], value, place) for k, value in values.items()}
    return into(**made, **given)


def keyed(data: Any, place: str) -> dict[str, Any]:
    """`data` if it is keys that are text, and their values."""
    if not isinstance(data, dict):
        raise ReportError(f"{place}: expected keys and values, not {data!r}.")
    for key in data:
        if not isinstance(key, str):
            raise ReportError(f"{place}: key {key!r} must be text; put it between quotes.")
    return data


def _is_required(each: Field) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _field(each: Field, wanted: Any, value: Any, place: str) -> Any:
    at = f'{place}: key "{each.name}"'
    if _is_required(each) and value in (None, "", [], {}):
        raise ReportError(f"{at} is empty; write a value.")
    if value is None:
        raise ReportError(f"{at} is empty; write a value or leave the key out.")
    if get_origin(wanted) is Mapping:
        return _by_code(each, get_args(wanted)[1], value, place)
    return _value(wanted, value, place, each.name)


def _by_code(each: Field, wanted: Any, value: Any, place: str) -> dict[str, Any]:
    within = f'{place}, key "{each.name}"'
    one = each.metadata.get("one")
    return {
        code: _inner(wanted, item, f'{place}, {one} "{code}"' if one else f'{within}, "{code}"')
        for code, item in keyed(value, within).items()
    }


def _inner(wanted: Any, value: Any, place: str) -> Any:
    """What stands under a code: a dataclass, which may go without a key, or others by code."""
    if get_origin(wanted) is Mapping:
        inner = get_args(wanted)[1]
        return {c: make(inner, v, f'{place}, "{c}"') for c, v in keyed(value, place).items()}
    return make(wanted, {} if value is None else value, place)


def _value(wanted: Any, value: Any, place: str, key: str) -> Any:
    if isinstance(wanted, UnionType):
        wanted = next(each for each in get_args(wanted) if each is not type(None))
    if is_dataclass(wanted):
        return make(wanted, value, f'{place}, key "{key}"')
    if get_origin(wanted) is tuple:
        return _list(get_args(wanted)[0], value, place, key)
    fits, words = _PLAIN[wanted]
    if not fits(value):
        raise ReportError(f'{place}: key "{key}" must be {words}, not {value!r}.')
    return value


def _list(wanted: Any, value: Any, place: str, key: str) -> tuple[Any, ...]:
    """A list; of words, one line alone too."""
    if wanted is not str:
        if not isinstance(value, list):
            raise ReportError(f'{place}: key "{key}" must be a list, not {value!r}.')
        return tuple(make(wanted, item, f'{place}, key "{key}"') for item in value)
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ReportError(f'{place}: key "{key}" must be a line or a list of lines, not {value!r}.')
    return tuple(" ".join(line.split()) for line in lines)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


_PLAIN: Mapping[type, tuple[Any, str]] = {
    str: (lambda value: isinstance(value, str), "text between quotes"),
    bool: (lambda value: isinstance(value, bool), "true or false"),
    float: (_is_number, "a number"),
}
