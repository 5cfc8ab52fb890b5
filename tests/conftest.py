import pytest

from tests import factories


@pytest.fixture
def questionnaire(db):
    return factories.questionnaire()
