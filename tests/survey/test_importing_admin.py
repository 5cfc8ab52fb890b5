"""The admin page that imports: proposed, tried, brought in; by whoever has the right."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.models import Import, Respondent
from tests.limesurvey import MAPPING, response, responses_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]

ADDRESS = "/admin/survey/import/add/"
TICKED = {"Q2[SQ001]": "Y"}


def send(client, button, mapping=MAPPING, content=None):
    content = content or responses_file(response(1, TICKED), response(2, TICKED))
    file = SimpleUploadedFile("reponses.csv", content)
    return client.post(ADDRESS, {"file": file, "mapping": mapping, button: "1"})


def test_a_file_is_tried_then_brought_in_under_the_name_of_whoever_did(admin_client):
    tried = send(admin_client, "try_out").content.decode()

    assert "2 réponses nouvelles" in tried
    assert not Respondent.objects.exists()

    brought = send(admin_client, "bring_in")

    assert brought.status_code == 302
    assert Import.objects.get().by.username == "admin"
    assert Respondent.objects.count() == 2
    listed = admin_client.get("/admin/survey/import/").content.decode()
    assert "reponses.csv" in listed
    told = admin_client.get(f"/admin/survey/import/{Import.objects.get().pk}/change/")
    assert "reponses.csv" in told.content.decode()


def test_a_file_brought_in_twice_is_told_to_change_nothing(admin_client):
    send(admin_client, "bring_in")

    again = send(admin_client, "bring_in").content.decode()

    assert "Il n’y a rien à changer." in again
    assert Import.objects.count() == 1


def test_problems_are_shown_and_nothing_is_brought_in(admin_client):
    page = send(admin_client, "bring_in", content=responses_file(response(1, {"Q1": "A9"})))

    assert "n’est pas un choix de cette question" in page.content.decode()
    assert not Respondent.objects.exists()


def test_a_mapping_is_proposed_where_none_was_given(admin_client):
    page = send(admin_client, "try_out", mapping="").content.decode()

    assert "participate: null" in page
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("mapping", "content", "told"),
    [
        ("a: [", None, "pas du YAML valable"),
        ("questions: {inconnue: {column: Q0}}", None, "cette question n’existe pas"),
        (MAPPING, b"nom\r\n", "pas de colonne"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(admin_client, mapping, content, told):
    page = send(admin_client, "bring_in", mapping, content).content.decode()

    assert told in page


def test_a_cell_is_shown_as_text(admin_client):
    rows = responses_file(response(1, {"Q1": "<script>alert(1)</script>"}))

    page = send(admin_client, "try_out", content=rows).content.decode()

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_staff_without_the_right_neither_see_nor_send(client):
    client.force_login(User.objects.create(username="lectrice", is_staff=True))

    assert client.get(ADDRESS).status_code == 403
    assert send(client, "bring_in").status_code == 403
    assert not Respondent.objects.exists()


def test_strangers_sign_in_first(client):
    assert client.get(ADDRESS).url.startswith("/admin/login/")
