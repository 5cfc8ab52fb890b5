"""The report on paper: who may have its PDF made and when, and that it misses nothing."""

import io
import os
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.core.management import call_command
from pypdf import PdfReader

from analysis import editions, printing
from analysis.models import Edition
from survey import moderation, pdf
from survey.models import Questionnaire
from tests.analysis import reporting
from tests.factories import moderator, respondent, text_of
from tests.outline import CODES

pytestmark = pytest.mark.django_db

PDF = "/resultats/rapport.pdf"


@pytest.fixture(autouse=True)
def _no_pdf_of_another_test():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def made(questionnaire, monkeypatch):
    """The pages that were made into PDFs, without making any."""
    reporting.declare(monkeypatch)
    pages = []

    def make(html, home, version):
        pages.append(html)
        return f"%PDF {len(pages)}".encode()

    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "_made", make)
    return pages


@pytest.fixture
def pango():
    if not pdf.is_available():
        message = "Pango is not here: no PDF was made (README names the packages)."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def titles(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from titles(entry)
        else:
            yield entry.title


@pytest.fixture
def outline(db):
    """The questionnaire of the outline, with an answer in it."""
    call_command("load_questionnaire", stdout=io.StringIO())
    respondent({"departement": "44", "etat_esprit": "optimiste"})


def blocks_of(html):
    return re.findall(r'<article class="block" id="(\w+)"', html)


def in_api(client):
    sections = client.get("/api/v1/report/").json()["sections"]
    return [section["title"] for section in sections], {
        block["code"]: block["title"] for each in sections for block in each["blocks"]
    }


def test_each_block_of_the_outline_is_on_the_page_in_the_api_and_in_print(
    outline, client, monkeypatch
):
    printed = []
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "_made", lambda html, *_: printed.append(html) or b"%PDF")
    client.get(PDF)

    assert blocks_of(client.get("/resultats/").content.decode()) == CODES
    assert list(in_api(client)[1]) == CODES
    assert blocks_of(printed[0]) == CODES


def test_each_block_of_the_outline_is_in_the_pdf(outline, client, pango):
    section_titles, blocks = in_api(client)

    read = PdfReader(io.BytesIO(client.get(PDF).content))

    report_title, *headings = titles(read.outline)
    assert sorted(headings) == sorted([*section_titles, *blocks.values()])
    assert read.metadata.title.startswith(report_title)
    assert read.trailer["/Root"]["/Lang"] == "fr"
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    words = [" ".join(each.extract_text().split()) for each in read.pages]
    assert "Sommaire" in words[1]
    assert "Questions et commentaires" in words[2]
    assert "http://testserver/resultats/" in words[-1]
    assert words[-1].endswith(f"{len(words)} / {len(words)}")


def test_the_pdf_is_made_once_for_what_it_shows(client, made):
    respondent({"duree": 10})
    assert [client.get(PDF).content for _ in range(2)] == [b"%PDF 1", b"%PDF 1"]

    respondent({"duree": 20})
    assert client.get(PDF).content == b"%PDF 2"


def test_the_pdf_is_a_file_that_is_read_in_the_browser(client, made):
    answer = client.get(PDF)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="conumm-rapport.pdf"'


def test_while_one_is_made_nobody_gets_an_older_one_with_words_taken_back(client, made):
    client.get(PDF)
    respondent({"duree": 10})
    cache.add(pdf.LOCK, True)

    assert client.get(PDF).status_code == 503
    assert len(made) == 1


def test_while_the_first_is_made_the_others_are_told_when_to_come_back(client, made):
    cache.add(pdf.LOCK, True)

    answer = client.get(PDF)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Le PDF se prépare" in answer.content.decode()
    assert not made


def test_a_pdf_that_fails_does_not_keep_others_from_being_made(client, made, monkeypatch):
    working = pdf._made

    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(pdf, "_made", fail)
    with pytest.raises(RuntimeError):
        client.get(PDF)

    monkeypatch.setattr(pdf, "_made", working)
    assert client.get(PDF).status_code == 200


def test_a_filtered_view_has_its_own_pdf(client, made):
    for n in range(10):
        respondent({"tiers_lieu": "oui" if n < 5 else "non"})

    assert client.get(PDF).content == b"%PDF 1"
    assert client.get(f"{PDF}?groupe=tiers_lieu:oui").content == b"%PDF 2"
    assert client.get(PDF).content == b"%PDF 1"
    assert "Oui\u00a0: 5 réponses" in made[1]
    assert client.get(f"{PDF}?groupe=x:y").status_code == 404


def test_an_edition_has_its_own_pdf(client, made):
    respondent({"duree": 10})
    editions.freeze(Edition(date=date(2021, 3, 5)), by=moderator())
    respondent({"duree": 20})

    for _ in range(2):
        assert client.get(PDF).content == b"%PDF 1"
        edition = client.get("/resultats/editions/2021-03-05/rapport.pdf")
        assert edition.content == b"%PDF 2"
    assert edition["Content-Disposition"] == 'inline; filename="conumm-2021-03-05-rapport.pdf"'
    assert "Édition du 5 mars 2021" in made[1]


def test_texts_are_printed_beyond_the_first_ten_and_within_reason(client, made, monkeypatch):
    for n in range(12):
        person = respondent({"freins": f"obstacle {n}"})
        moderation.approve(text_of(person, "freins"), by=moderator())

    client.get(PDF)
    assert made[0].count("obstacle") == 12

    monkeypatch.setattr(printing, "TEXTS_PRINTED", 11)
    cache.clear()
    client.get(PDF)
    assert made[1].count("obstacle") == 11


def test_a_long_table_is_printed_in_part_and_says_so(client, made, monkeypatch):
    for name in ("Un", "Deux", "Trois"):
        person = respondent({"nom": name})
        moderation.approve(text_of(person, "nom"), by=moderator())
    monkeypatch.setattr(printing, "ROWS_PRINTED", 2)

    client.get(PDF)

    printed = made[0].partition("Les structures")[2]
    assert "Les 2 premières sur 3." in printed
    assert printed.partition("</table>")[0].count('<th scope="row">') == 2


def test_what_a_page_shows_is_read_here_and_nothing_is_asked_by_http(client, made):
    respondent({"duree": 10})
    client.get(PDF)

    files = pdf._files(made[0], "http://testserver/resultats/")

    kinds = {address.partition("?")[0]: kind for address, (kind, _) in files.items()}
    assert kinds["http://testserver/resultats/graphiques/duree.svg"] == "image/svg+xml"
    assert kinds["http://testserver/static/css/print.css"] == "text/css"
    assert all(content for _, content in files.values())


def test_without_what_it_takes_no_pdf_is_offered(client, made, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    respondent({"duree": 10})

    assert "rapport.pdf" not in client.get("/resultats/").content.decode()
    answer = client.get(PDF)
    assert answer.status_code == 404
    assert "Ce site ne fabrique pas de PDF" in answer.content.decode()
    assert not made


def test_before_a_questionnaire_is_loaded_there_is_no_file(db, client):
    for extension in ("csv", "zip", "pdf"):
        assert client.get(f"/resultats/rapport.{extension}").status_code == 404


def test_the_page_says_where_it_was_printed_from_and_of_which_day(client, made):
    day = Questionnaire.objects.current().revised_at.year

    root = client.get("/resultats/").content.decode().partition("<head>")[0]

    assert 'data-foot="http://testserver/resultats/ · ' in root
    assert str(day) in root


@pytest.mark.parametrize("frozen", [False, True])
def test_whatever_name_the_site_is_asked_by_the_report_is_printed_once(
    made, client, settings, frozen
):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    respondent({"duree": 90})
    edition = Edition(date=date(2021, 3, 5))
    editions.freeze(edition, by=moderator())
    address = f"{edition.get_absolute_url()}rapport.pdf" if frozen else PDF

    for port in range(1, 4):
        assert client.get(address, headers={"host": f"127.0.0.1:{port}"}).status_code == 200

    assert len(made) == 1
    assert "127.0.0.1" not in made[0]
