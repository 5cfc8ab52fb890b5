"""Places as they are drawn: outlines read from a TopoJSON file, projected, ready to be scaled."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Outline:
    """A place's rings, arrays of points, and the point where it has most room for a figure."""

    rings: tuple[np.ndarray, ...]
    label: np.ndarray


@dataclass(frozen=True, eq=False)
class View:
    """Places drawn together, by code; x goes east, y south, in radii of the Earth."""

    title: str
    outlines: Mapping[str, Outline]

    @property
    def extent(self) -> tuple[np.ndarray, np.ndarray]:
        """The corners of all outlines."""
        points = _points(self.outlines)
        return points.min(axis=0), points.max(axis=0)


@dataclass(frozen=True, eq=False)
class Geography:
    """Outlines of places, each in `main` or in one of `insets`; some are `enlarged` besides.

    `one` and `many` say what a place is; `credit` whose the outlines are; `version` changes with
    the file; `name` is the file's.
    """

    version: str
    one: str = field(repr=False)
    many: str = field(repr=False)
    credit: str = field(repr=False)
    main: View = field(repr=False)
    enlarged: View | None = field(repr=False)
    insets: tuple[View, ...] = field(repr=False)
    name: str = field(default="", repr=False)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for view in (self.main, *self.insets) for code in view.outlines)


@cache
def read(path: Path) -> Geography:
    """The geography that a TopoJSON file holds; raise KeyError or ValueError if it holds none.

    Beside what TopoJSON asks for, the file names `credit`, `noun` (one, many) and `enlarged`
    (title, ids, which may be none); each geometry its `label` point, in degrees, and its `inset`
    if it has its own.
    """
    content = path.read_bytes()
    data = json.loads(content)
    (collection,) = data["objects"].values()
    lines = [_line(arc, **data["transform"]) for arc in data["arcs"]]
    outlines = {shape["id"]: _outline(shape, lines) for shape in collection["geometries"]}
    inset = {
        shape["id"]: shape["properties"].get("inset", "") for shape in collection["geometries"]
    }
    views = [
        _projected(title, {code: outlines[code] for code in outlines if inset[code] == title})
        for title in dict.fromkeys(["", *inset.values()])
    ]
    title, ids = data["enlarged"]["title"], data["enlarged"]["ids"]
    return Geography(
        version=hashlib.sha256(content).hexdigest()[:16],
        one=data["noun"]["one"],
        many=data["noun"]["many"],
        credit=data["credit"],
        main=views[0],
        enlarged=_projected(title, {code: outlines[code] for code in ids}) if ids else None,
        insets=tuple(views[1:]),
        name=path.stem,
    )


def _line(arc: Sequence[Any], scale: Sequence[float], translate: Sequence[float]) -> np.ndarray:
    return np.cumsum(arc, axis=0) * scale + translate


def _outline(shape: Mapping[str, Any], lines: Sequence[np.ndarray]) -> Outline:
    rings = tuple(_ring(arcs, lines) for polygon in shape["arcs"] for arcs in polygon)
    return Outline(rings, np.array(shape["properties"]["label"]))


def _ring(arcs: Sequence[int], lines: Sequence[np.ndarray]) -> np.ndarray:
    """Lines end to end; ~n is line n walked the other way."""
    walked = [lines[n] if n >= 0 else lines[~n][::-1] for n in arcs]
    return np.concatenate([line[:-1] for line in walked])


def _projected(title: str, outlines: Mapping[str, Outline]) -> View:
    points = _points(outlines)
    middle = np.radians((points.min(axis=0) + points.max(axis=0)) / 2)
    made = {
        code: Outline(
            tuple(_conic(ring, middle) for ring in outline.rings),
            _conic(outline.label[None], middle)[0],
        )
        for code, outline in outlines.items()
    }
    return View(title, made)


def _conic(degrees: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Lambert's conic conformal projection, tangent at the middle: shapes stay as they are."""
    longitude, latitude = np.radians(degrees).T
    cone = np.sin(middle[1]) or 1e-6
    radius = 1 / np.tan(middle[1] or 1e-6)
    quarter = np.pi / 4
    shrunk = (np.tan(quarter + middle[1] / 2) / np.tan(quarter + latitude / 2)) ** cone
    angle = cone * (longitude - middle[0])
    return radius * np.column_stack([shrunk * np.sin(angle), shrunk * np.cos(angle) - 1])


def _points(outlines: Mapping[str, Outline]) -> np.ndarray:
    return np.concatenate([ring for outline in outlines.values() for ring in outline.rings])
