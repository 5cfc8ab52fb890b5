"""One chart in somebody else's page: the snippet, and the light page it frames."""

import re
from dataclasses import replace
from html import unescape

import pytest

from tests import factories
from tests.analysis import reporting
from tests.factories import LIEU, STRUCTURE, respondent, spec

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_report(questionnaire, monkeypatch):
    reporting.declare(monkeypatch)


def snippets(client, code, query=""):
    """The two codes that a block offers, as somebody copies them."""
    page = client.get(f"/resultats/{query}").content.decode()
    block = page[page.index(f'id="{code}"') :]
    return [unescape(found) for found in re.findall(r"<textarea[^>]*>(.*?)</textarea>", block)[:2]]


def attributes(snippet, tag):
    opening = re.search(rf"<{tag} ([^>]*)>", snippet)[1]
    return {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', opening)}


def test_the_snippet_frames_a_light_page_with_sentence_chart_and_base(client):
    respondent({"tiers_lieu": "oui"})
    frame = attributes(snippets(client, "tiers_lieu")[0], "iframe")

    assert frame["src"] == "http://testserver/resultats/integrer/tiers_lieu/"
    assert (frame["title"], frame["width"]) == ("Tiers_lieu", "100%")
    assert int(frame["height"]) > 200
    answer = client.get(frame["src"])
    page = answer.content.decode()
    sentence = client.get("/api/v1/report/blocks/tiers_lieu/").json()["sentence"]
    assert f'<p class="sentence">{sentence}</p>' in page
    assert "/resultats/graphiques/tiers_lieu.svg" in page
    assert "/resultats/graphiques/tiers_lieu-etroit.svg" in page
    assert "1 réponse, 0 sans réponse" in page
    assert 'href="/resultats/#tiers_lieu"' in page
    assert "<script" not in page


def test_the_light_page_alone_may_be_framed_by_others(client):
    respondent({"tiers_lieu": "oui"})
    framed = client.get("/resultats/integrer/tiers_lieu/")

    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "default-src 'self'" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    for url in ("/resultats/", "/resultats/rapport.csv", "/questionnaire/"):
        answer = client.get(url)
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "DENY"


def test_the_image_leads_to_its_block_and_says_its_sentence(client):
    respondent({"tiers_lieu": "oui"})
    snippet = snippets(client, "tiers_lieu")[1]

    assert attributes(snippet, "a")["href"] == "http://testserver/resultats/#tiers_lieu"
    image = attributes(snippet, "img")
    assert client.get(image["src"]).content.startswith(b"\x89PNG")
    assert "Oui" in image["alt"]
    assert int(image["width"]) == 720


def test_a_filter_goes_with_the_snippet(client):
    for n in range(10):
        respondent({"tiers_lieu": "oui" if n < 5 else "non", "duree": 30})
    query = "?groupe=tiers_lieu:oui&compare=tiers_lieu:non"
    frame, image = snippets(client, "duree", query)

    source = attributes(frame, "iframe")["src"]
    assert source == f"http://testserver/resultats/integrer/duree/{query}"
    bases = "Oui\u00a0: 5 réponses · Non\u00a0: 5 réponses"
    assert bases in client.get(source).content.decode()
    assert attributes(image, "img")["src"].endswith(f"duree.png{query}")
    assert attributes(image, "a")["href"] == f"http://testserver/resultats/{query}#duree"


def test_a_title_with_quotes_and_brackets_cannot_break_out_of_the_snippet(client):
    title = 'L’outil "<b>"'
    odd = replace(spec("odd", "yesno"), title=title)
    factories.questionnaire(
        replace(
            STRUCTURE,
            sections=(replace(LIEU, questions=(*LIEU.questions, odd)), STRUCTURE.sections[1]),
        )
    )
    respondent({"odd": "oui"})

    (frame, _) = snippets(client, "odd")

    assert attributes(frame, "iframe")["title"] == title
    assert frame.count("<") == 2


def test_an_unknown_block_has_no_light_page(client):
    assert client.get("/resultats/integrer/x/").status_code == 404


def test_a_page_kept_by_a_browser_may_still_be_framed_when_nothing_changed(client):
    respondent({"tiers_lieu": "oui"})
    first = client.get("/resultats/integrer/tiers_lieu/")

    again = client.get("/resultats/integrer/tiers_lieu/", headers={"If-None-Match": first["ETag"]})

    assert "frame-ancestors *" in first["Content-Security-Policy"]
    assert again.status_code == 304
    assert "frame-ancestors 'none'" not in again.headers.get("Content-Security-Policy", "")
    assert "X-Frame-Options" not in again.headers
