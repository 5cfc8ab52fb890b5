import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from analysis.models import Commentary
from survey.models import Questionnaire
from tests.analysis.commenting import MARCH, answered, plain, written

pytestmark = pytest.mark.usefixtures("commented")

LIST = "/admin/analysis/commentary/"
ADD = f"{LIST}add/"
PREVIEW = f"{LIST}preview/"
FIGURES = f"{LIST}figures/"


def form(**more):
    given = {"place": "tiers_lieu", "position": "below", "rank": "1", "body": "Du texte"}
    return given | {"guards": "", "is_published": "on"} | more


def change_page(commentary):
    return f"{LIST}{commentary.pk}/change/"


def errors(response, field):
    return [plain(error) for error in response.context["adminform"].form.errors[field]]


def content(response):
    return plain(response.content.decode())


def signed_in(client, *permissions):
    user = User.objects.create_user("redaction", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


def test_what_is_added_has_its_author_its_date_and_the_base_of_its_block(admin_client, admin_user):
    answered(oui=2, non=1)
    before = timezone.now()

    response = admin_client.post(ADD, form(guards="count tiers_lieu oui = 2"))

    assert response.status_code == 302
    saved = Commentary.objects.get()
    assert (saved.questionnaire, saved.base, saved.written_by) == ("conumm", 3, admin_user)
    assert before <= saved.written_at <= timezone.now()


def test_a_commentary_on_a_section_has_the_base_of_all(admin_client):
    answered(oui=2, non=1)

    admin_client.post(ADD, form(place="partie-metier"))

    assert Commentary.objects.get().base == 3


def test_saving_again_gives_the_date_and_the_base_of_now(admin_client):
    answered(oui=4)
    note = written(base=1)

    admin_client.post(change_page(note), form())

    note.refresh_from_db()
    assert (note.base, note.written_at > MARCH) == (4, True)


def test_only_places_that_exist_are_offered_by_section(admin_client):
    page = admin_client.get(ADD).content.decode()

    assert re.findall(r'<optgroup label="([^"]*)"', page) == [
        "Participation",
        "Le lieu",
        "Le métier",
    ]
    refused = admin_client.post(ADD, form(place="autrefois"))
    assert refused.status_code == 200
    assert Commentary.objects.count() == 0


def test_an_unknown_figure_is_refused_beside_its_field(admin_client):
    answered(oui=2)

    refused = admin_client.post(
        ADD, form(body="{{ share tierslieu oui }}", guards="count tiers_lieu ouii = 2")
    )

    assert errors(refused, "body") == [
        "{{ share tierslieu oui }} : le bloc « tierslieu » n’existe pas : écrivez tiers_lieu."
    ]
    assert errors(refused, "guards") == [
        "Garde 1, « count tiers_lieu ouii = 2 » : « ouii » n’est pas un choix du bloc "
        "« tiers_lieu » : écrivez oui."
    ]
    assert Commentary.objects.count() == 0


def test_what_is_published_must_be_true_and_a_draft_may_wait(admin_client):
    answered(oui=2)
    false = form(guards="count tiers_lieu oui = 9")

    refused = admin_client.post(ADD, false)
    assert errors(refused, "guards") == [
        "N’est pas vrai en ce moment : count tiers_lieu oui = 9 (aujourd’hui : 2)."
    ]

    del false["is_published"]
    assert admin_client.post(ADD, false).status_code == 302


def test_the_list_says_the_state_and_the_guard_that_failed(admin_client):
    answered(oui=2)
    written("Tient {{ base tiers_lieu }}", guards="count tiers_lieu oui = 2")
    written("Ne tient plus", guards="count tiers_lieu oui = 9\nbase tiers_lieu = 2")
    written("Brouillon", is_published=False, guards="count tiers_lieu oui = 9")

    page = content(admin_client.get(LIST))

    assert "Tiers_lieu, au-dessous" in page
    assert "Tient 2" in page
    assert page.count("count tiers_lieu oui = 9 (aujourd’hui : 2)") == 1
    assert "base tiers_lieu = 2" not in page
    assert "le 5 mars 2021, sur 3 réponses" in page
    for state, body in (("review", "Ne tient plus"), ("draft", "Brouillon"), ("current", "Tient")):
        shown = admin_client.get(f"{LIST}?state={state}").context["cl"].result_list
        assert [row.body.startswith(body) for row in shown] == [True]


def test_the_index_counts_what_is_to_be_reviewed(admin_client):
    answered(oui=2)
    written(guards="count tiers_lieu oui = 9")
    written(guards="count tiers_lieu oui = 2")
    written(guards="count tiers_lieu oui = 9", is_published=False)
    words = re.compile(r"<strong>(\d+)</strong> (commentaires?) à revoir")

    assert words.search(admin_client.get("/admin/").content.decode()).groups() == (
        "1",
        "commentaire",
    )
    written(place="autrefois")
    page = admin_client.get("/admin/").content.decode()
    assert words.search(page).groups() == ("2", "commentaires")
    assert f'href="{LIST}?state=review"' in page


def test_the_index_tells_commentaries_to_those_who_may_see_them(client):
    signed_in(client, "view_commentary")
    assert "commentaire à revoir" in client.get("/admin/").content.decode()


def test_the_index_tells_commentaries_to_nobody_else(client):
    signed_in(client, "view_texttoread")
    page = client.get("/admin/").content.decode()

    assert "texte à lire" in page
    assert "à revoir" not in page


def test_the_preview_is_the_part_of_the_public_page_and_saves_nothing(admin_client, client):
    answered(oui=2, non=1)
    written("Déjà là")
    typed = form(body="## Ici\n\n{{ share tiers_lieu oui }}", rank="2")

    previewed = admin_client.post(PREVIEW, typed).content.decode()

    assert Commentary.objects.count() == 1
    admin_client.post(ADD, typed)
    public = client.get("/resultats/").content.decode()
    start, end = '<article class="block" id="tiers_lieu"', "</article>"
    article = re.search(f"{start}.*?{end}", public, re.DOTALL)[0]
    assert "<h5>Ici</h5>" in article
    assert "Déjà là" in article
    assert article in previewed
    assert 'id="forme"' not in previewed


def test_the_preview_of_a_change_takes_the_place_of_what_is_saved(admin_client):
    answered(oui=2)
    note = written("Ancien")

    previewed = content(admin_client.post(f"{PREVIEW}?key={note.pk}", form(body="Nouveau")))

    assert "Nouveau" in previewed
    assert "Ancien" not in previewed
    assert "Ancien" in content(admin_client.get(f"{PREVIEW}?key={note.pk}"))
    note.refresh_from_db()
    assert note.body == "Ancien"


def test_the_preview_of_a_section_leaves_its_blocks_out(admin_client):
    answered(oui=2)

    previewed = content(admin_client.post(PREVIEW, form(place="partie-lieu", body="# Titre")))

    assert "<h3>Titre</h3>" in previewed
    assert 'class="block"' not in previewed


def test_the_preview_says_what_is_wrong(admin_client):
    answered(oui=2)

    previewed = content(admin_client.post(PREVIEW, form(body="Soit {{ base x }}, <script>")))

    assert "Texte : {{ base x }} : le bloc « x » n’existe pas" in previewed
    assert "Soit —, &lt;script&gt;" in previewed
    assert "paraîtra ici" in content(admin_client.post(PREVIEW, form(place="")))
    assert "paraîtra ici" in content(admin_client.get(PREVIEW))


def test_the_figures_of_a_block_are_listed_with_what_they_say(admin_client):
    answered(oui=2, non=10)

    shown = content(admin_client.get(f"{FIGURES}?place=tiers_lieu"))

    rows = re.findall(r"<tr><td><code>(.*?)</code></td><td>(.*?)</td>", shown)
    assert ("{{ share tiers_lieu oui }}", "17 %") in rows
    assert ("{{ lead tiers_lieu }}", "« Non »") in rows
    assert "<code>non</code> Non" in shown
    of_section = content(admin_client.get(f"{FIGURES}?place=partie-lieu"))
    assert "{{ base nom }}" in of_section
    assert "{{ base outils }}" in of_section
    assert "Choisissez un bloc" in content(admin_client.get(FIGURES))


def test_the_frames_may_stand_in_the_form_and_nowhere_else(admin_client):
    for url in (PREVIEW, FIGURES):
        response = admin_client.get(url)
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert "default-src 'self'" in response["Content-Security-Policy"]
    assert admin_client.get(ADD)["X-Frame-Options"] == "DENY"


def test_the_text_that_is_written_over_stays_in_the_history(admin_client):
    answered(oui=2)
    note = written("Le texte d’avant", guards="base tiers_lieu = 2")

    admin_client.post(change_page(note), form(body="Un autre"))

    said = LogEntry.objects.get().get_change_message()
    assert "Le texte d’avant" in said
    assert "base tiers_lieu = 2" in said
    assert "Le texte d’avant" in content(admin_client.get(f"{LIST}{note.pk}/history/"))


def test_django_permissions_say_who_does_what(client):
    answered(oui=2)
    note = written()
    signed_in(client, "view_commentary")

    assert client.get(LIST).status_code == 200
    seen = client.get(change_page(note))
    assert seen.status_code == 200
    assert "formaction" not in seen.content.decode()
    assert client.get(f"{FIGURES}?place=tiers_lieu").status_code == 200
    assert client.get(f"{PREVIEW}?key={note.pk}").status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(change_page(note), form()).status_code == 403


def test_staff_without_a_permission_see_nothing(client):
    note = written()
    signed_in(client)

    for url in (LIST, ADD, change_page(note), PREVIEW, FIGURES):
        assert client.get(url).status_code == 403


def test_strangers_sign_in_first(client):
    for url in (LIST, PREVIEW, FIGURES):
        assert client.get(url).url.startswith("/admin/login/")


def test_the_admin_stands_without_a_questionnaire(admin_client):
    note = written()
    Questionnaire.objects.all().delete()

    for url in ("/admin/", LIST, ADD, change_page(note), f"{PREVIEW}?key={note.pk}", FIGURES):
        assert admin_client.get(url).status_code == 200
    assert admin_client.post(ADD, form()).status_code == 200
    assert admin_client.post(PREVIEW, form()).status_code == 200
