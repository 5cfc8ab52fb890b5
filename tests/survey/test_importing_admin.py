"""The admin page that imports: proposed, tried, brought in; by whoever has the right."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.admin import import_form
from survey.models import Import, Respondent
from tests.limesurvey import MAPPING, response, responses_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("questionnaire")]

ADDRESS = "/admin/survey/import/add/"
TICKED = {"Q2[SQ001]": "Y"}


def send(client, button, mapping=MAPPING, content=None):
    content = content or responses_file(response(1, TICKED), response(2, TICKED))
    file = SimpleUploadedFile("reponses.csv", content)
    return client.post(ADDRESS, {"file": file, "mapping": mapping, button: "1"})


def kept_in(page):
    """The file as the page keeps it, "" if it does not."""
    return re.search('name="kept"(?: value="([^"]*)")?', page).group(1) or ""


def account(*rights):
    user = User.objects.create_user("importatrice", is_staff=True)
    for right in rights:
        user.user_permissions.add(Permission.objects.get(codename=right))
    return user


def page_of(done):
    return f"/admin/survey/import/{done.pk}/change/"


def undo_of(done):
    return f"/admin/survey/import/{done.pk}/undo/"


def messages_of(answer):
    plain = [str(message) for message in answer.context["messages"]]
    return [text.replace("\u00a0", " ").replace("\u202f", " ") for text in plain]


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


def test_who_clicks_twice_is_led_to_what_the_first_click_imported(admin_client):
    send(admin_client, "bring_in")

    again = send(admin_client, "bring_in").content.decode()

    assert "Ce fichier est déjà importé" in again
    assert "Ce que donnerait l’import" not in again
    assert f'href="{page_of(Import.objects.get())}"' in again


def test_the_same_answers_in_another_file_are_not_that_import(admin_client):
    send(admin_client, "bring_in")
    Import.objects.update(file="ancien.csv")

    again = send(admin_client, "bring_in").content.decode()

    assert "Ce que donnerait l’import" in again


def test_problems_are_shown_and_nothing_is_brought_in(admin_client):
    page = send(admin_client, "bring_in", content=responses_file(response(1, {"Q1": "A9"})))

    assert "n’est pas un choix de cette question" in page.content.decode()
    assert not Respondent.objects.exists()


def test_a_mapping_is_proposed_where_none_was_given(admin_client):
    page = send(admin_client, "try_out", mapping="").content.decode()

    assert "participate: null" in page
    assert "Voici une correspondance à relire et à compléter" in page
    assert re.search(r"<textarea[^>]* autofocus", page)
    assert "errorlist" not in page
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


def test_a_file_that_was_tried_need_not_be_chosen_again(admin_client):
    page = send(admin_client, "try_out").content.decode()
    assert "<strong>reponses.csv</strong> est gardé dans cette page" in page

    posted = {"kept": kept_in(page), "mapping": MAPPING, "bring_in": "1"}
    answer = admin_client.post(ADDRESS, posted, follow=True)

    assert messages_of(answer) == ["Import terminé : 2 réponses nouvelles."]
    assert Import.objects.get().file == "reponses.csv"
    assert answer.redirect_chain[-1][0] == f"/admin/survey/import/{Import.objects.get().pk}/change/"


def test_a_file_goes_with_the_mapping_that_is_proposed_for_it(admin_client):
    page = send(admin_client, "try_out", mapping="").content.decode()

    posted = {"kept": kept_in(page), "mapping": MAPPING, "try_out": "1"}
    assert "2 réponses nouvelles" in admin_client.post(ADDRESS, posted).content.decode()


def test_what_the_page_keeps_is_any_bytes_and_only_what_it_was_given():
    sent = import_form.Sent("réponses.csv", bytes(range(256)) * 9)

    kept = import_form._closed(sent)

    assert import_form._opened(kept) == sent
    assert import_form._opened(kept[:-1] + "-") is None
    assert import_form._opened("n’importe quoi") is None


def test_a_file_that_cannot_be_read_is_to_be_chosen_again_and_all_else_stays(admin_client):
    page = send(admin_client, "try_out", content=b"nom\r\n").content.decode()

    assert kept_in(page) == ""
    assert "participate: true" in page

    again = admin_client.post(ADDRESS, {"kept": "abîmé", "mapping": MAPPING, "bring_in": "1"})
    assert "Choisissez un fichier." in again.content.decode()
    assert "participate: true" in again.content.decode()


def test_a_file_that_no_page_should_carry_is_refused_with_the_way_to_import_it(
    admin_client, monkeypatch
):
    monkeypatch.setattr(import_form, "MOST_BYTES", 10)

    page = send(admin_client, "try_out").content.decode()

    assert "importez-le par la commande import_responses" in page
    assert "participate: true" in page


def test_the_last_import_is_taken_back_after_it_is_said_what_goes(admin_client):
    send(admin_client, "bring_in")
    address = f"/admin/survey/import/{Import.objects.get().pk}/undo/"

    asked = admin_client.get(address).content.decode()
    assert "2 répondants effacés, 0 remis comme avant" in asked
    assert Respondent.objects.count() == 2

    answer = admin_client.post(address, follow=True)

    assert messages_of(answer)[0].startswith("Annulé. Import de reponses.csv")
    assert not Respondent.objects.exists()
    done = Import.objects.get()
    assert (done.created, done.undone_by.username) == (2, "admin")
    listed = answer.content.decode()
    assert "par admin" in listed


def test_only_the_last_import_is_taken_back_and_once(admin_client):
    send(admin_client, "bring_in")
    first = Import.objects.get()
    send(admin_client, "bring_in", content=responses_file(response(3, TICKED)))
    last = Import.objects.exclude(pk=first.pk).get()
    told = ["Cet import n’est plus le dernier, ou il est déjà annulé : rien n’a été changé."]

    assert messages_of(admin_client.get(undo_of(first), follow=True))[-1:] == told
    assert messages_of(admin_client.post(undo_of(first), follow=True)) == told
    assert Respondent.objects.count() == 3
    admin_client.post(undo_of(last))
    assert messages_of(admin_client.post(undo_of(last), follow=True))[-1:] == told
    assert Respondent.objects.count() == 2
    assert "Annuler cet import" in admin_client.get(page_of(first)).content.decode()


def test_each_import_and_undoing_is_a_line_of_the_log(admin_client):
    send(admin_client, "bring_in")
    admin_client.post(undo_of(Import.objects.get()))

    undone, done = LogEntry.objects.all()

    assert (str(done.user), done.object_repr) == ("admin", "Import reponses.csv")
    assert done.change_message == "2 réponses nouvelles."
    assert undone.change_message.startswith("Annulé. Import de reponses.csv")
    assert "2 répondants effacés" in undone.change_message


def test_the_list_of_imports_says_when_who_which_file_and_how_many(admin_client):
    send(admin_client, "bring_in")
    send(admin_client, "bring_in", content=responses_file(response(1, TICKED | {"Q1": "A1"})))

    changed, created = admin_client.get("/admin/survey/import/").context["cl"].result_list

    assert (created.created, created.changed) == (2, 0)
    assert (changed.created, changed.changed) == (0, 1)
    for done, numbers in ((created, [2, 1]), (changed, [1])):
        found = admin_client.get(f"/admin/survey/respondent/?import={done.pk}").context["cl"]
        assert [person.number for person in found.result_list] == numbers


def test_the_right_to_import_is_enough_for_the_whole_way(client):
    client.force_login(account("add_import"))

    assert "/admin/survey/import/add/" in client.get("/admin/").content.decode()
    page = send(client, "try_out").content.decode()
    posted = {"kept": kept_in(page), "mapping": MAPPING, "bring_in": "1"}
    answer = client.post(ADDRESS, posted, follow=True)

    assert answer.status_code == 200
    assert "Annuler cet import" not in answer.content.decode()
    assert "Voir ses répondants" not in answer.content.decode()
    assert client.get("/admin/survey/import/").status_code == 200
    assert client.post(undo_of(Import.objects.get())).status_code == 403
    assert Respondent.objects.count() == 2


def test_taking_back_is_a_right_of_its_own(client, admin_client):
    send(admin_client, "bring_in")
    client.force_login(account("undo_import"))

    assert client.get(ADDRESS).status_code == 403
    assert "Annuler cet import" in client.get(page_of(Import.objects.get())).content.decode()
    client.post(undo_of(Import.objects.get()))

    assert not Respondent.objects.exists()


def test_staff_without_the_right_neither_see_nor_send(client):
    client.force_login(User.objects.create(username="lectrice", is_staff=True))

    assert client.get(ADDRESS).status_code == 403
    assert send(client, "bring_in").status_code == 403
    assert not Respondent.objects.exists()


def test_strangers_sign_in_first(client):
    assert client.get(ADDRESS).url.startswith("/admin/login/")
