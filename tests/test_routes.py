"""Every route, and who may call it: a route that is not here is a failure."""

import re

import pytest
from django.templatetags.static import static
from django.urls import URLPattern, get_resolver

PUBLIC, RESPONDENT, STAFF, ENTRY = "public", "respondent", "staff", "staff who enter for others"

ROUTES = {
    "": PUBLIC,
    "admin/": STAFF,
    "healthz": PUBLIC,
    "favicon.ico": PUBLIC,
    "^api/": PUBLIC,
    "resultats/": PUBLIC,
    "resultats/textes/<str:code>/": PUBLIC,
    "resultats/textes/<str:code>/<int:number>/": PUBLIC,
    "resultats/graphiques/<str:name>.<str:extension>": PUBLIC,
    "resultats/tableaux/<str:code>.csv": PUBLIC,
    "resultats/tableaux/<str:code>/<int:place>.csv": PUBLIC,
    "resultats/tableaux/<str:code>/<int:place>/": PUBLIC,
    "resultats/editions/": PUBLIC,
    "resultats/editions.atom": PUBLIC,
    "resultats/editions/<day:edition>/": PUBLIC,
    "resultats/editions/<day:edition>/textes/<str:code>/": PUBLIC,
    "resultats/editions/<day:edition>/textes/<str:code>/<int:number>/": PUBLIC,
    "resultats/editions/<day:edition>/graphiques/<str:name>.<str:extension>": PUBLIC,
    "resultats/editions/<day:edition>/tableaux/<str:code>.csv": PUBLIC,
    "resultats/editions/<day:edition>/tableaux/<str:code>/<int:place>.csv": PUBLIC,
    "resultats/editions/<day:edition>/tableaux/<str:code>/<int:place>/": PUBLIC,
    "resultats/rapport.csv": PUBLIC,
    "resultats/rapport.zip": PUBLIC,
    "resultats/rapport.pdf": PUBLIC,
    "resultats/integrer/<str:code>/": PUBLIC,
    "resultats/editions/<day:edition>/rapport.csv": PUBLIC,
    "resultats/editions/<day:edition>/rapport.zip": PUBLIC,
    "resultats/editions/<day:edition>/rapport.pdf": PUBLIC,
    "resultats/editions/<day:edition>/integrer/<str:code>/": PUBLIC,
    "nouvelles/": PUBLIC,
    "nouvelles/<uuid:key>/confirmer/": PUBLIC,
    "nouvelles/<uuid:key>/quitter/": PUBLIC,
    "questionnaire/": PUBLIC,
    "questionnaire/imprimer/": PUBLIC,
    "questionnaire/questionnaire.pdf": PUBLIC,
    "questionnaire/reprendre/": PUBLIC,
    "questionnaire/quitter/": PUBLIC,
    "questionnaire/section/<slug:code>/": RESPONDENT,
    "questionnaire/bilan/": RESPONDENT,
    "questionnaire/terminer/": RESPONDENT,
    "questionnaire/merci/": RESPONDENT,
    "questionnaire/mes-droits/": RESPONDENT,
    "questionnaire/retrait/": RESPONDENT,
    "questionnaire/mes-reponses.json": RESPONDENT,
    "questionnaire/saisie/<int:number>/": ENTRY,
    "questionnaire/saisie/<int:number>/section/<slug:code>/": ENTRY,
    "questionnaire/saisie/<int:number>/bilan/": ENTRY,
    "questionnaire/saisie/<int:number>/terminer/": ENTRY,
    "questionnaire/saisie/<int:number>/merci/": ENTRY,
    "questionnaire/saisie/<int:number>/mes-droits/": ENTRY,
    "questionnaire/saisie/<int:number>/lien/": ENTRY,
    "api/v1/schema/": PUBLIC,
    "api/v1/docs/": PUBLIC,
    "api/v1/questionnaire/": PUBLIC,
    "api/v1/respondents/": PUBLIC,
    "api/v1/respondents/me/": RESPONDENT,
    "api/v1/respondents/me/answers/": RESPONDENT,
    "api/v1/respondents/me/complete/": RESPONDENT,
    "api/v1/respondents/me/consents/": RESPONDENT,
    "api/v1/report/": PUBLIC,
    "api/v1/report/sections/<str:code>/": PUBLIC,
    "api/v1/report/blocks/<str:code>/": PUBLIC,
    "api/v1/report/blocks/<str:code>/texts/": PUBLIC,
    "api/v1/editions/": PUBLIC,
    "api/v1/editions/<day:edition>/report/": PUBLIC,
    "api/v1/editions/<day:edition>/report/sections/<str:code>/": PUBLIC,
    "api/v1/editions/<day:edition>/report/blocks/<str:code>/": PUBLIC,
    "api/v1/editions/<day:edition>/report/blocks/<str:code>/texts/": PUBLIC,
}


def routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern) or route == "admin/":
            yield route
        else:
            yield from routes(pattern.url_patterns, route)


def address(route):
    samples = {
        "<slug:code>": "lieu",
        "<str:code>": "duree",
        "<int:place>": "1",
        "<int:number>": "1",
    }
    samples |= {"<str:name>": "duree", "<str:extension>": "svg", "^": ""}
    for part, sample in samples.items():
        route = route.replace(part, sample)
    return f"/{route}"


def test_every_route_says_who_may_call_it():
    assert sorted(routes(get_resolver().url_patterns)) == sorted(ROUTES)


@pytest.mark.parametrize("route", [r for r, who in ROUTES.items() if who == RESPONDENT])
def test_a_stranger_gets_nothing_of_a_respondent(questionnaire, client, route):
    for method in (client.get, client.post, client.delete):
        answer = method(address(route))
        refused = answer.status_code in (401, 403, 405)
        sent_away = answer.status_code == 302 and answer.url == "/questionnaire/"
        assert refused or sent_away, (method, answer.status_code)


@pytest.mark.parametrize("route", [r for r, who in ROUTES.items() if who == ENTRY])
def test_a_stranger_enters_nothing_for_others(questionnaire, client, route):
    for method in (client.get, client.post, client.delete):
        answer = method(address(route))
        refused = answer.status_code in (403, 405)
        asked = answer.status_code == 302 and answer.url.startswith("/admin/login/")
        assert refused or asked, (method, answer.status_code)


@pytest.mark.parametrize("route", [r for r, who in ROUTES.items() if who == STAFF])
def test_a_stranger_signs_in_before_the_admin(questionnaire, client, route):
    assert client.get(address(route)).url.startswith("/admin/login/")


def test_what_nobody_declared_public_is_for_staff():
    from rest_framework.views import APIView

    from conumm.permissions import IsStaff

    assert APIView.permission_classes == [IsStaff]


def test_the_schema_describes_the_whole_api(questionnaire, client):
    paths = client.get("/api/v1/schema/?format=json").json()["paths"]

    described = {route for route in ROUTES if route.startswith("api/v1/")}
    described -= {"api/v1/docs/"}
    expected = {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{route}") for route in described}
    assert set(paths) == expected


def test_an_unknown_address_of_the_api_answers_in_json(db, client):
    answer = client.get("/api/v1/nowhere/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_the_icon_is_found_at_the_address_that_browsers_guess(client):
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.url) == (302, static("img/conumm.svg"))


def test_the_admin_has_the_icon_of_the_site(db, client):
    icon = f'<link rel="icon" href="{static("img/conumm.svg")}" type="image/svg+xml">'

    for page in ("/admin/login/", "/resultats/"):
        assert icon in client.get(page).content.decode()
