"""The guide says what is there: its pictures, its links, and the words of the pages."""

import sys
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from conumm.guide import writing
from conumm.guide.chapters import BY_SLUG, CHAPTERS, FOLDER, of_page
from conumm.guide.pictures import PICTURES
from survey import entry, moderation
from survey.entry import Given
from survey.filling import Consents
from survey.models import Questionnaire
from tests.factories import moderator, respondent, text_of
from tests.test_admin_rights import (
    MODERATION,
    PLAIN,
    REDACTION,
    SUPERUSER,
    TABLE,
    address,
    samples,  # noqa: F401
    user,
)

PICTURE_FILES = settings.BASE_DIR / "static/img/guide"
LARGEST, LARGEST_ALTOGETHER = 60_000, 1_200_000

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)


class Words(HTMLParser):
    """The text of a page, node by node, and what its attributes say."""

    def __init__(self, html):
        super().__init__()
        self.said = set()
        self.feed(html)

    def handle_data(self, data):
        self.said.add(plain(data))

    def handle_starttag(self, tag, attributes):
        said = ("value", "title", "aria-label")
        self.said |= {plain(value or "") for name, value in attributes if name in said}


def plain(words):
    """On one line, with plain spaces, without the colon that follows a field's name."""
    return " ".join(words.split()).removesuffix(":").strip()


def entered_on_paper():
    given = Given("paper", timezone.localdate(), Consents(participate=True))
    return entry.start(Questionnaire.objects.current(), given, by=moderator())


def test_every_file_is_a_chapter_and_every_chapter_has_its_file():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(BY_SLUG)


def test_every_picture_is_declared_taken_and_shown_once():
    declared = sorted(picture.name for picture in PICTURES)

    assert sorted(name for chapter in CHAPTERS for name in chapter.text.pictures()) == declared
    assert sorted(path.stem for path in PICTURE_FILES.iterdir()) == declared


def test_pictures_weigh_little():
    sizes = {path.name: path.stat().st_size for path in PICTURE_FILES.iterdir()}

    assert not {name: size for name, size in sizes.items() if size > LARGEST}
    assert sum(sizes.values()) < LARGEST_ALTOGETHER


@each_chapter
def test_every_picture_is_described(chapter):
    assert all(len(words) > 20 for words in chapter.text.pictures().values())


@each_chapter
def test_every_link_leads_somewhere(chapter):
    for link in chapter.text.links():
        if link.startswith(writing.CHAPTER) and "#" in link:
            slug, _, anchor = link.removeprefix(writing.CHAPTER).partition("#")
            assert anchor in BY_SLUG[slug].text.anchors(), link
        assert writing.address(link)


def test_what_stands_in_bold_is_written_so_on_a_page(client, samples):  # noqa: F811
    """As a superuser reads the admin: whatever is renamed there is renamed in the guide."""
    held, free = respondent({"freins": "le temps"}), respondent({"freins": "le bruit"})
    moderation.hold(held, by=moderator(), reason="un essai")
    text = text_of(free, "freins")
    precision = respondent({"type": {"choice": "autre", "other": "Péniche"}})
    entered = entered_on_paper()
    account = user(SUPERUSER)
    account.set_password("une phrase")
    account.save()
    client.force_login(account)
    pages = [address(route, samples) for route in TABLE if "logout" not in route]
    pages += [
        f"/admin/survey/respondent/{held.pk}/change/",
        f"/admin/survey/respondent/{free.pk}/change/",
        f"/admin/survey/texttoread/{text.pk}/change/",
        f"/admin/survey/texttoread/{text_of(precision, 'type').pk}/change/",
        f"/admin/survey/respondent/{entered.pk}/change/",
        f"/questionnaire/saisie/{entered.number}/bilan/",
        f"/questionnaire/saisie/{entered.number}/merci/",
    ]
    said = set().union(*(Words(client.get(page).content.decode()).said for page in pages))
    client.logout()
    said |= Words(client.get("/admin/login/").content.decode()).said

    labels = {plain(label) for chapter in CHAPTERS for label in chapter.text.labels()}
    assert labels - said == set()


@pytest.mark.django_db
@each_chapter
def test_each_chapter_is_shown_to_any_of_the_staff(client, chapter):
    client.force_login(user(PLAIN))

    page = client.get(reverse("admin:guide_chapter", args=[chapter.slug])).content.decode()

    assert f"<h1>{chapter.text.title}</h1>" in page
    assert ("Votre compte n’a pas ce droit" in page) == bool(chapter.needs)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "first"), [(MODERATION, "modérer"), (REDACTION, "rédiger")])
def test_the_contents_begin_with_what_one_may_do(client, role, first):
    client.force_login(user(role))

    page = client.get("/admin/aide/").content.decode()

    assert page.index(f"Vous venez pour {first}") == page.index("Vous venez pour ")


@pytest.mark.django_db
def test_every_page_leads_to_its_chapter(client, samples):  # noqa: F811
    client.force_login(user(SUPERUSER))

    for page, chapter in {
        "survey/texttoread/": "lire-les-textes/",
        "survey/respondent/": "juger-les-repondants/",
        "survey/respondent/add/": "saisir-un-questionnaire/",
        "analysis/edition/add/": "figer-une-edition/",
        "": "",
        "aide/": "",
    }.items():
        assert f'"/admin/aide/{chapter}">Aide</a>' in client.get(f"/admin/{page}").content.decode()


def test_every_list_of_the_admin_has_its_chapter():
    lists = {f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry}

    assert {name for name in lists if of_page(f"{name}_changelist") is None} == set()


def test_a_picture_that_is_not_declared_is_refused_by_name():
    with pytest.raises(CommandError, match="No picture is called nuage"):
        call_command("picture_guide", "nuage", "accueil")


def test_without_a_browser_to_drive_one_is_told_what_to_run(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)

    with pytest.raises(CommandError, match="make guide"):
        call_command("picture_guide")


@pytest.mark.django_db
def test_a_chapter_that_does_not_exist_is_not_found(client):
    client.force_login(user(PLAIN))

    assert client.get("/admin/aide/nulle-part/").status_code == 404


@pytest.mark.django_db
def test_the_guide_waits_for_the_second_factor(client, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(user(PLAIN))

    assert "/admin/login/" in client.get("/admin/aide/").url


def test_french_spaces_do_not_break():
    assert writing.typographic("« Oui » : non ?") == "«\u00a0Oui\u00a0»\u00a0: non\u202f?"
