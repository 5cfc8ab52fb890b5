import pytest

from analysis import links


def hrefs(text):
    return [link.href for link in links.found(text)]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://phare.example/a?b=1#c", ["https://phare.example/a?b=1#c"]),
        ("voir (http://phare.example), puis", ["http://phare.example"]),
        ("HTTP://PHARE.EXAMPLE", ["HTTP://PHARE.EXAMPLE"]),
        ("https://fr.wikipedia.org/wiki/Lyon_(ville).", ["https://fr.wikipedia.org/wiki/Lyon_(ville)"]),
        ("clics-et-ricochets.example", ["https://clics-et-ricochets.example"]),
        ("www.phare.fr et aussi mairie.bzh/numerique !", ["https://www.phare.fr", "https://mairie.bzh/numerique"]),
        ("l’adresse : «phare.org»", ["https://phare.org"]),
        ("médiathèque.fr:8080", ["https://médiathèque.fr:8080"]),
        ("a.fr\nb.fr", ["https://a.fr", "https://b.fr"]),
    ],
)  # fmt: skip
def test_addresses_are_found_with_a_scheme_or_bare(text, addresses):
    assert hrefs(text) == addresses


@pytest.mark.parametrize(
    "text",
    [
        "un.clavier.a.soi sur Instagram",
        "@remi_vassal_ateliers",
        "@jeunes.bois.lormier",
        "contact@phare.fr",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://phare.fr",
        "https://phare.fr@ailleurs.example/",
        "https://",
        "https://[phare",
        "https://phare.fr:99999",
        "pas de site",
        "moins de moyens.de plus en plus",
        "etc. 3.14 M.Untel",
    ],
)
def test_accounts_mails_and_what_would_deceive_stay_text(text):
    assert hrefs(text) == []


def test_a_link_is_followed_by_nobody_and_gives_nothing_away():
    assert links.inline("voir phare.fr.") == (
        'voir <a href="https://phare.fr" rel="nofollow noopener">phare.fr</a>.'
    )


def test_a_long_address_is_shown_short_and_leads_whole():
    address = "https://phare.example/" + "a" * 100

    html = links.inline(address)

    assert f'href="{address}"' in html
    assert f">{address[:60]}…</a>" in html


def test_what_people_write_is_never_markup():
    html = links.inline('<b>"x"</b> https://a.fr/"><script> & <mark>', ["<b>", "mark"])

    assert "<script>" not in html
    assert "<b>" not in html
    assert html.startswith("<mark>&lt;b&gt;</mark>&quot;x&quot;")
    assert "&lt;<mark>mark</mark>&gt;" in html


def test_words_looked_for_are_marked_in_links_too():
    assert links.inline("Été : phare.fr", ["ete", "phare"]) == (
        '<mark>Été</mark> : <a href="https://phare.fr" rel="nofollow noopener">'
        "<mark>phare</mark>.fr</a>"
    )
    assert links.inline("Le phare.fr/x", ["le phare"]).count("<mark>") == 2


def test_paragraphs_and_lines_are_those_of_the_author():
    assert links.paragraphs("un\ndeux\n\n\ntrois") == "<p>un<br>deux</p>\n<p>trois</p>"


def test_a_text_of_the_greatest_length_is_read_in_no_time():
    for text in ("a." * 10_000, ")" * 20_000, "a-" * 10_000, "https://" * 2_500):
        assert hrefs(text) in ([], [text])
