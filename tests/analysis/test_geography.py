import json

import numpy as np
import pytest

from analysis import declarations
from analysis.charts import geography
from analysis.charts.geography import Geography, Outline, View
from survey.kinds.department import Department


def square(x, y, side):
    ring = np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)], dtype=float)
    return Outline((ring,), np.array([x + side / 2, y + side / 2]))


ISLANDS = Geography(
    version="1",
    one="île",
    many="îles",
    credit="Contours : personne",
    main=View("", {"a": square(0, 0, 3), "b": square(3, 0, 3), "d": square(6, 0, 0.01)}),
    enlarged=View("Centre", {"a": square(0, 0, 3)}),
    insets=(View("Île", {"c": square(0, 0, 1)}),),
)


@pytest.fixture
def two_squares(tmp_path):
    """Two places that share an arc, the second with an inset of its own."""
    arcs = [
        [[0, 0], [0, 10]],
        [[0, 10], [-10, 0], [0, -10], [10, 0]],
        [[0, 0], [9, 0], [0, 10], [-9, 0]],
    ]
    shapes = [
        {"id": "ouest", "properties": {"label": [-0.5, 40.5]}, "arcs": [[[0, 1]]]},
        {"id": "est", "properties": {"label": [0.5, 40.5], "inset": "Est"}, "arcs": [[[2, -1]]]},
    ]
    file = tmp_path / "squares.json"
    content = {
        "credit": "Contours : personne",
        "noun": {"one": "carré", "many": "carrés"},
        "enlarged": {"title": "", "ids": []},
        "transform": {"scale": [0.1, 0.1], "translate": [0, 40]},
        "objects": {"squares": {"geometries": shapes}},
        "arcs": arcs,
    }
    file.write_text(json.dumps(content))
    return file


def test_arcs_make_rings_and_each_place_stands_in_its_view(two_squares):
    read = geography.read(two_squares)

    assert read.codes == {"ouest", "est"}
    assert list(read.main.outlines) == ["ouest"]
    assert [(view.title, list(view.outlines)) for view in read.insets] == [("Est", ["est"])]
    assert read.enlarged is None
    assert [len(ring) for ring in read.main.outlines["ouest"].rings] == [4]


def test_a_projected_degree_of_longitude_is_shorter_than_one_of_latitude(two_squares):
    low, high = geography.read(two_squares).main.extent
    across, tall = high - low

    # cos(40.5°) is 0.76; north is up.
    assert across / tall == pytest.approx(0.76, abs=0.01)
    (ring,) = geography.read(two_squares).main.outlines["ouest"].rings
    assert ring[0][1] > ring[1][1]


def test_every_department_is_on_the_map_of_departments_once():
    departments = declarations.geography("departments")
    codes = {choice.code for choice in Department.own_choices}
    drawn = [code for view in departments.insets for code in view.outlines]

    assert departments.codes == codes - {"hors_de_france"}
    assert sorted([*drawn, *departments.main.outlines]) == sorted(departments.codes)
    assert list(departments.enlarged.outlines) == ["75", "92", "93", "94"]
