import pytest
from hypothesis import settings as hypothesis

from analysis import live
from tests import factories

# A busy machine is no failure.
hypothesis.register_profile("tests", deadline=None)
hypothesis.load_profile("tests")


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


@pytest.fixture(autouse=True)
def _site(settings):
    """The site's own address is the one that Django's test client asks."""
    settings.SITE_URL = "http://testserver"
