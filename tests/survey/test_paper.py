"""The questionnaire on paper: nothing of it is missing, whatever its kinds; its PDF is kept."""

import io
import os
import re
from html import unescape

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from survey import conditions, paper, pdf
from survey.kinds import KINDS, kind_of
from survey.models import Question, Questionnaire
from survey.questionnaire import Condition
from tests import factories
from tests.factories import spec

pytestmark = pytest.mark.django_db

PAGE, PDF = "/questionnaire/imprimer/", "/questionnaire/questionnaire.pdf"


@pytest.fixture(autouse=True)
def _no_pdf_of_another_test():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def made(questionnaire, monkeypatch):
    """The pages that were made into PDFs, without making any."""
    pages = []
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(
        pdf, "_made", lambda html, home, version: pages.append(html) or f"%PDF {version}".encode()
    )
    return pages


def words(content):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", content)).split())


def printed(client):
    return words(client.get(PAGE).content.decode())


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_says_how_it_is_answered_in_writing(code):
    choices = KINDS[code].own_choices or (spec("q", "single", ["un", "deux"]).choices)
    question = spec("q", code)
    question = type(question)(**vars(question) | {"choices": choices})

    answer = kind_of(question).widget(question).on_paper()

    assert 'class="mark"' in answer
    assert any(f'class="{where}' in answer for where in ("box", "ring", "rank", "blank", "line"))


def test_each_question_choice_and_condition_is_there_in_words(questionnaire, client):
    page = printed(client)

    for number, question in enumerate(factories.STRUCTURE.questions.values(), start=1):
        assert f"{number}. {question.label}" in page
        assert all(choice.label in page for choice in question.choices)
    assert "Si vous avez répondu « Oui » à la question 3 :" in page
    assert "Autre, précisez :" in page
    assert "Aucun (sans autre réponse)" in page
    assert "minutes (de 1 à 600)" in page
    assert page.count("Cette question ne me concerne pas") == 10
    assert page.count("J’accepte") == 3
    assert "À renvoyer ou à remettre à :" in page


def test_the_questionnaire_of_this_site_is_printed_whole(db, client):
    call_command("load_questionnaire", stdout=io.StringIO())
    structure = Questionnaire.objects.current().structure

    page = printed(client)

    for section in structure.sections:
        for question in section.questions:
            for text in (section.title, question.label, question.help):
                assert " ".join(text.split()) in page
    assert page.count("Si vous avez répondu") == 11


def test_a_condition_reads_as_a_sentence_whatever_its_rule():
    parent = spec("q", "single", ["rouge", "vert", "bleu"])

    assert (
        conditions.in_words(Condition("q", any_of=("rouge", "vert")), parent, "la question 1")
        == "répondu «\u00a0Rouge\u00a0» ou «\u00a0Vert\u00a0» à la question 1"
    )
    assert (
        conditions.in_words(Condition("q", none_of=("rouge", "vert")), parent, "la question 1")
        == "répondu à la question 1 sans choisir «\u00a0Rouge\u00a0» ni «\u00a0Vert\u00a0»"
    )


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"minimum": 1, "maximum": 2000}, "de 1 à 2\u202f000"),
        ({"minimum": 0}, "0 au moins"),
        ({"maximum": 12.5}, "12,5 au plus"),
        ({}, ""),
    ],
)
def test_the_bounds_of_a_number_are_said(bounds, said):
    question = spec("q", "number", **bounds)

    assert kind_of(question).widget(question).answer.bounds == said


def test_it_says_before_when_to_send_it_back_as_long_as_it_is_open(questionnaire, client):
    questionnaire.closes_at = timezone.now() + timezone.timedelta(days=3)
    questionnaire.save()
    assert "À renvoyer ou à remettre, avant le" in printed(client)

    questionnaire.closes_at = timezone.now()
    questionnaire.save()
    assert "avant le" not in printed(client)


def test_once_closed_it_sends_nobody_anywhere_before_it_does(questionnaire, client):
    asked = ("Répondre en ligne", "se remplit aussi en ligne", "À renvoyer")
    assert all(words in printed(client) for words in asked)

    questionnaire.closes_at = timezone.now()
    questionnaire.save()

    assert not any(words in printed(client) for words in asked)
    assert "Ce questionnaire est clos depuis le" in printed(client)


def test_the_questions_that_guide_it_are_printed(questionnaire, client):
    assert "Les questions qui le guident Quel métier ?" in printed(client)


def test_page_and_pdf_follow_the_wording_at_once(client, made):
    first = client.get(PDF).content
    assert client.get(PDF).content == first
    assert len(made) == 1

    Question.objects.filter(code="duree").update(label="Combien de temps ?")

    assert "Combien de temps ?" in printed(client)
    assert client.get(PDF).content != first
    assert "Combien de temps ?" in made[1]


def test_what_did_not_change_is_not_sent_again(client, made):
    for address in (PAGE, PDF):
        answer = client.get(address)
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304


def test_the_pdf_holds_the_page_without_the_site_around_it(client, made):
    answer = client.get(PDF)

    assert answer["Content-Disposition"] == 'inline; filename="conumm-questionnaire.pdf"'
    assert "site-header" not in made[0]
    assert words(made[0]).count("Cette question ne me concerne pas") == 10


def test_while_another_pdf_is_made_one_is_told_when_to_come_back(client, made):
    cache.add(pdf.LOCK, True)

    answer = client.get(PDF)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert PAGE in answer.content.decode()


def test_without_what_it_takes_there_is_a_page_to_print_and_no_pdf(client, made, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)

    assert PDF not in client.get(PAGE).content.decode()
    answer = client.get(PDF)
    assert answer.status_code == 404
    assert PAGE in answer.content.decode()


def test_before_a_questionnaire_is_loaded_there_is_nothing_to_print(db, client):
    assert client.get(PAGE).status_code == client.get(PDF).status_code == 404


def test_the_introduction_leads_to_it(questionnaire, client):
    assert f'href="{PAGE}"' in client.get("/questionnaire/").content.decode()


def test_the_pdf_has_numbered_pages_and_no_question_cut_in_two(questionnaire, client):
    if not pdf.is_available():
        message = "Pango is not here: no PDF was made (README names the packages)."
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)

    read = PdfReader(io.BytesIO(client.get(PDF).content))

    pages = [" ".join(each.extract_text().split()) for each in read.pages]
    assert all(page.endswith(f"{n} / {len(pages)}") for n, page in enumerate(pages, start=1))
    questions = sum(len(part.items) for part in paper.parts(questionnaire.structure))
    assert sum(page.count("Cette question ne me concerne pas") for page in pages) == questions
    for page in pages:
        # Each question's mark stands on the page of its number.
        started = len(re.findall(r"\b\d+\. \w+ ?\?", page))
        assert page.count("Cette question ne me concerne pas") == started


def test_whatever_name_the_site_is_asked_by_its_pdf_is_made_once(made, client, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.SITE_URL = "https://conumm.example"

    for port in range(1, 4):
        assert client.get(PDF, headers={"host": f"127.0.0.1:{port}"}).status_code == 200

    assert len(made) == 1
    assert "https://conumm.example/questionnaire/" in made[0]
    assert "127.0.0.1" not in made[0]
