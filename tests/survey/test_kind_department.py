import pytest
from django.core.exceptions import ValidationError

from survey.kinds import kind_of
from tests.factories import spec

PLACE = spec("departement", "department")
DEPARTMENT = kind_of(PLACE)


def cleaned(written):
    from dataclasses import replace

    return DEPARTMENT.clean(replace(PLACE, choices=DEPARTMENT.choices(PLACE)), written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("44", "44"),
        ("1", "01"),
        ("2a", "2A"),
        ("Loire-Atlantique (44)", "44"),
        ("loire atlantique", "44"),
        ("RHONE", "69"),
        ("Cotes d Armor", "22"),
        ("Côte-d'Or", "21"),
        ("réunion", "974"),
        ("La Réunion", "974"),
        ("hors de france", "hors_de_france"),
        ("  ", None),
    ],
)
def test_a_department_is_known_however_people_type_it(written, code):
    assert cleaned(written) == code


def test_no_two_departments_are_typed_alike():
    from survey.kinds.department import _spellings

    spellings = [s for choice in DEPARTMENT.own_choices for s in _spellings(choice)]

    assert len(spellings) == len(set(spellings))


def test_another_place_is_refused_with_what_to_write():
    with pytest.raises(ValidationError, match="écrivez son numéro ou son nom"):
        cleaned("Atlantide")
