"""Commentary on the page and in the API: what it shows, when it is dated, what it never lets in."""

import pytest

from analysis import commentary, live
from survey.models import Choice
from tests.analysis.commenting import answered, plain, written
from tests.factories import respondent

pytestmark = pytest.mark.usefixtures("commented")


def html(body):
    return commentary.html(body, live.report())


def block(client, code="tiers_lieu", query=""):
    return client.get(f"/api/v1/report/blocks/{code}/{query}").json()


def page(client):
    return client.get("/resultats/").content.decode()


def test_markdown_with_figures_of_now():
    answered(oui=8, non=12)

    made = html("**{{ share tiers_lieu oui }}** et [{{ base tiers_lieu }}](#tiers_lieu)\n\n- un")

    assert plain(made) == (
        '<p><strong>40 %</strong> et <a href="#tiers_lieu" rel="nofollow">20</a></p>\n'
        "<ul>\n<li>un</li>\n</ul>\n"
    )


def test_a_figure_in_code_is_code():
    answered(oui=1)

    assert html("`{{ base tiers_lieu }}`") == "<p><code>{{ base tiers_lieu }}</code></p>\n"
    assert "{{ base x }}" in html("    {{ base x }}")
    assert commentary.problems("`{{ base x }}`", live.report()) == []


def test_headings_fit_under_the_heading_they_stand_below():
    answered(oui=1)
    body = "# Un\n\n## Deux\n\n###### Six\n\nSouligné\n==="

    made = commentary.html(body, live.report())
    of_section = commentary.html("# Un", live.report(), commentary.UNDER_SECTION)

    assert made == "<h4>Un</h4>\n<h5>Deux</h5>\n<h6>Six</h6>\n<h4>Souligné</h4>\n"
    assert of_section == "<h3>Un</h3>\n"


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ('<b onclick="x">a</b>', '<p>&lt;b onclick="x"&gt;a&lt;/b&gt;</p>\n'),
        ("<div>\na\n</div>", "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](JaVaScRiPt&#58;alert(1))", "<p>[a](JaVaScRiPt:alert(1))</p>\n"),
        ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"),
        ("[a]\n\n[a]: data:text/html,x", "<p>[a]</p>\n<p>[a]: data:text/html,x</p>\n"),
        ("[a](ftp://x.example)", '<p><a rel="nofollow">a</a></p>\n'),
        (
            "![a](https://x.example/i.png)",
            '<p>!<a href="https://x.example/i.png" rel="nofollow">a</a></p>\n',
        ),
        (
            '[a](https://x.example "titre")',
            '<p><a href="https://x.example" rel="nofollow">a</a></p>\n',
        ),
        ("```html\n<img src=x>\n```", "<pre><code>&lt;img src=x&gt;\n</code></pre>\n"),
    ],
)
def test_no_markup_but_that_of_markdown_gets_through(body, made):
    answered(oui=1)

    assert html(body) == made


def test_a_label_is_text_even_with_markup_in_it():
    Choice.objects.filter(question__code="type", code="mairie").update(
        label="**Mairie** [x](https://x.example) <img src=x> {{ base type }}"
    )
    respondent({"type": "mairie"})

    made = html("{{ lead type }}, {{ label type mairie }}").replace("&nbsp;", " ")

    text = "**Mairie** [x](https://x.example) &lt;img src=x&gt; {{ base type }}"
    assert made == f"<p>« {text} », « {text} »</p>\n"


def test_forms_are_text_too():
    answered(oui=1)

    made = html("{{ count tiers_lieu oui : *a* <b> : b }}")

    assert made == "<p>1 *a* &lt;b&gt;</p>\n"


def test_a_figure_without_a_value_is_a_dash():
    answered(oui=1)

    assert html("{{ median duree }} {{ median nowhere }} {{}}") == "<p>— — —</p>\n"


@pytest.mark.parametrize("body", ["{{ base", "base }}", "{{ a { b } }}", "un }} deux {{ trois"])
def test_braces_without_their_pair_are_told(body):
    answered(oui=1)

    (problem,) = commentary.problems(body, live.report())

    assert plain(problem).startswith("Des accolades sont sans leur pair")


@pytest.mark.parametrize(
    "body",
    [
        "[ici](https://a.example/{{base}})",
        "[ici](https://a.example/{{ base }})",
        "[ici](<https://a.example/{{ base }}>)",
        "[ici][1]\n\n[1]: https://a.example/?n={{base}}",
    ],
)
def test_a_figure_in_the_address_of_a_link_is_told(body):
    answered(oui=1)

    assert commentary.FIGURE_IN_ADDRESS in commentary.problems(body, live.report())


def test_a_figure_beside_the_address_of_a_link_is_sound():
    answered(oui=1)
    body = "[{{ base duree }}](https://a.example/{x}) ([oui] {{ base duree }})"

    assert commentary.problems(body, live.report()) == []


def test_an_unknown_figure_is_told_with_what_to_write_instead():
    answered(oui=1)

    problems = commentary.problems("# {{ base x }}\n\n- [{{shares tiers_lieu}}](#a)", live.report())

    assert [plain(problem) for problem in problems] == [
        "{{ base x }} : le bloc « x » n’existe pas : écrivez participation, nom, type, tiers_lieu, "
        "forme, outils, publics, duree, humeur, freins ou site.",
        "{{ shares tiers_lieu }} : le chiffre « shares » n’existe pas dans le bloc « tiers_lieu »"
        " : écrivez share ou lead_share.",
    ]


def test_a_commentary_stands_at_its_place_on_the_page_and_in_the_api(client):
    answered(oui=3)
    written("Sous le bloc", rank=2)
    written("Avant lui", rank=1)
    written("Sur le bloc {{ base tiers_lieu }} & *ici*", position="above")
    written("De la partie", place="partie-lieu", position="above", base=5)

    shown = page(client)
    places = [
        shown.index(words)
        for words in (
            ">Le lieu</h2>",
            "De la partie",
            'id="tiers_lieu"',
            "Sur le bloc 3 &amp; <em>ici</em>",
            'class="sentence">Toutes les personnes répondent oui',
            "Avant lui",
            "Sous le bloc",
            'id="forme"',
        )
    ]
    assert places == sorted(places)
    assert [note["text"] for note in block(client)["commentary"]] == [
        "Avant lui",
        "Sur le bloc 3 & ici",
        "Sous le bloc",
    ]
    assert block(client)["commentary"][1] == {
        "position": "above",
        "html": "<p>Sur le bloc 3 &amp; <em>ici</em></p>\n",
        "text": "Sur le bloc 3 & ici",
        "written_at": "2021-03-05T12:00:00Z",
        "base": 3,
        "outdated": False,
    }
    section = client.get("/api/v1/report/sections/lieu/").json()
    assert [(note["text"], note["base"]) for note in section["commentary"]] == [("De la partie", 5)]
    whole = client.get("/api/v1/report/").json()
    assert whole["sections"][1] == section
    assert block(client, "forme")["commentary"] == []


def test_a_commentary_is_dated_and_says_when_the_figures_have_changed(client):
    answered(oui=3)
    written("Tous.", guards="share tiers_lieu oui = 100")
    assert "Commentaire du 5 mars 2021</p>" in page(client)

    answered(non=1)

    words = "Commentaire du 5 mars 2021, écrit sur 3 réponses ; les chiffres ont changé depuis."
    assert words in plain(page(client))
    assert block(client)["commentary"][0]["outdated"]


def test_a_commentary_whose_figure_has_gone_is_outdated():
    answered(oui=3)

    gone = written("Autrefois {{ base autrefois }}")

    assert commentary.state_of(gone, live.report()) == commentary.State.REVIEW


def test_a_commentary_whose_place_has_gone_is_not_shown_and_is_to_be_reviewed(client):
    answered(oui=3)
    lost = written("Perdu", place="autrefois")

    assert "Perdu" not in page(client)
    assert [plain(r) for r in commentary.reasons_to_review(lost.written, live.report())] == [
        "l’emplacement « autrefois » n’existe plus"
    ]


def test_a_commentary_of_another_questionnaire_is_not_shown(client):
    answered(oui=3)
    written("Ailleurs", questionnaire="autre")

    assert "Ailleurs" not in page(client)


def test_what_is_saved_shows_at_the_next_request_and_moves_the_etag(client):
    answered(oui=3)
    urls = ("/resultats/", "/api/v1/report/", "/api/v1/report/blocks/tiers_lieu/")
    before = {url: client.get(url)["ETag"] for url in urls}

    note = written("Premier")
    after = {url: client.get(url)["ETag"] for url in urls}
    note.body = "Second"
    note.save()

    assert all(after[url] != before[url] for url in urls)
    assert "Second" in page(client)
    note.delete()
    assert {url: client.get(url)["ETag"] for url in urls} == before


def test_a_draft_and_its_author_move_no_public_byte(client, admin_user):
    answered(oui=3)
    urls = ("/resultats/", "/api/v1/report/", "/resultats/graphiques/tiers_lieu.svg")
    written("Publié", written_by=admin_user, guards="base tiers_lieu = 3")
    before = [client.get(url).content for url in urls]

    draft = written("SECRET", guards="base tiers_lieu = 4", is_published=False)

    assert [client.get(url).content for url in urls] == before
    assert b"base tiers_lieu = 3" not in b"".join(before)
    draft.is_published = True
    draft.save()
    assert "SECRET" in page(client)


def test_reading_commentaries_takes_one_query(client, django_assert_num_queries):
    answered(oui=3)
    for place in ("tiers_lieu", "forme", "partie-lieu"):
        written(place=place)
    client.get("/resultats/")

    # The report's revision, the commentaries, and the editions beside it.
    with django_assert_num_queries(3):
        client.get("/resultats/")


def test_a_commentary_keeps_to_the_whole_report(client, monkeypatch):
    """Its figures are everybody's."""
    from dataclasses import replace

    from analysis import declarations
    from analysis.declarations import FilterSpec

    declared = replace(declarations.read("conumm"), filters={"tiers_lieu": FilterSpec()})
    monkeypatch.setattr(declarations, "read", lambda code: declared)
    answered(oui=6, non=6)
    written("De tous")
    written("De la partie", place="partie-participation")

    for query in ("?groupe=tiers_lieu:oui", "?groupe=tiers_lieu:oui&compare=tiers_lieu:non"):
        assert (
            "De " not in client.get(f"/resultats/{query}").content.decode().split("</header>")[-1]
        )
        assert block(client, query=query)["commentary"] == []
    assert "De tous" in page(client)
