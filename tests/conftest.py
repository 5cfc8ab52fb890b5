import pytest

from analysis import live
from tests import factories


@pytest.fixture(autouse=True)
def _no_report_of_another_test():
    live.forget()
    yield
    live.forget()


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def questionnaire(db):
    return factories.questionnaire()
