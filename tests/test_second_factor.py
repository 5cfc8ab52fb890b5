"""A second factor: taken, shown, given up, demanded."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from rest_framework.response import Response
from rest_framework.views import APIView

from conumm import second_factor

pytestmark = pytest.mark.django_db

PAGE = "/admin/second-facteur/"
CODE = "/admin/second-facteur/code/"


@pytest.fixture
def anne(client):
    account = User.objects.create_superuser("anne", password="la bonne phrase")
    client.force_login(account)
    return account


@pytest.fixture
def demanded(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def code_of(device):
    """What the application shows now."""
    device.refresh_from_db()
    return f"{totp(device.bin_key):06d}"


def enrolled(account):
    device = TOTPDevice.objects.create(user=account, name="Application")
    return device, second_factor.new_backup_codes(account)


def enrol(client, account):
    """As one does it: open the page, type the code; the codes that it then shows."""
    client.get(PAGE)
    device = TOTPDevice.objects.get(user=account)
    answer = client.post(PAGE, {"code": code_of(device)})
    return device, re.findall(r"<li><code>(\w{8})</code>", answer.content.decode())


def test_nobody_is_asked_for_a_second_factor_unless_they_took_one(client, anne):
    assert client.get("/admin/").status_code == 200


def test_taking_one_shows_a_drawing_and_a_key_then_ten_codes(client, anne):
    page = client.get(PAGE).content.decode()
    _, codes = enrol(client, anne)

    assert 'src="data:image/svg+xml' in page
    assert 'src="http' not in page
    assert TOTPDevice.objects.get(user=anne).confirmed
    assert len(set(codes)) == 10
    assert sorted(codes) == sorted(StaticToken.objects.values_list("token", flat=True))
    assert client.get("/admin/").status_code == 200


def test_a_wrong_code_takes_nothing(client, anne):
    client.get(PAGE)

    answer = client.post(PAGE, {"code": "abcdef"})

    assert "Ce code n’est pas bon" in answer.content.decode()
    assert not second_factor.has_one(anne)


def test_whoever_has_one_is_asked_for_it_before_the_admin(client, anne):
    device, _ = enrolled(anne)

    answer = client.get("/admin/survey/respondent/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{CODE}?next=%2Fadmin%2Fsurvey%2Frespondent%2F"
    assert "Questionnaires" not in answer.content.decode()

    given = {"code": code_of(device), "next": "/admin/survey/respondent/"}
    assert client.post(CODE, given).url == "/admin/survey/respondent/"
    assert client.get("/admin/survey/respondent/").status_code == 200


def test_a_password_then_a_code_lead_where_one_was_going(client):
    anne = User.objects.create_superuser("anne", password="la bonne phrase")
    device, _ = enrolled(anne)
    given = {"username": "anne", "password": "la bonne phrase", "next": "/admin/auth/user/"}

    asked = client.post("/admin/login/", given, follow=True)
    answer = client.post(asked.redirect_chain[-1][0], {"code": code_of(device)})

    assert answer.url == "/admin/auth/user/"


def test_a_code_is_good_once(client, anne):
    device, _ = enrolled(anne)
    code = code_of(device)
    client.post(CODE, {"code": code})
    client.logout()
    client.force_login(anne)

    assert "Ce code n’est pas bon" in client.post(CODE, {"code": code}).content.decode()


def test_a_code_on_paper_is_good_once(client, anne):
    _, codes = enrolled(anne)
    typed = f" {codes[0][:4].upper()} {codes[0][4:]} "

    assert client.post(CODE, {"code": typed}).status_code == 302
    assert second_factor.backup_codes_left(anne) == 9
    client.logout()
    client.force_login(anne)
    assert client.post(CODE, {"code": codes[0]}).status_code == 200


def test_after_a_wrong_code_even_the_right_one_waits(client, anne):
    device, _ = enrolled(anne)
    for _ in range(3):
        client.post(CODE, {"code": "000000"})

    assert client.post(CODE, {"code": code_of(device)}).status_code == 200
    assert client.get("/admin/").status_code == 302


def test_another_persons_code_is_no_good(client, anne):
    enrolled(anne)
    other, codes = enrolled(User.objects.create_user("blaise", is_staff=True))

    for code in (code_of(other), codes[0]):
        assert client.post(CODE, {"code": code}).status_code == 200


def test_one_is_sent_nowhere_else(client, anne):
    device, _ = enrolled(anne)

    answer = client.post(CODE, {"code": code_of(device), "next": "https://example.org/"})

    assert answer.url == "/admin/"


@pytest.mark.parametrize("wanted", ["new_codes", "remove"])
def test_nothing_is_renewed_or_given_up_without_showing_it(client, anne, wanted):
    _, codes = enrolled(anne)

    answer = client.post(PAGE, {wanted: "1"})

    assert answer.url.startswith(CODE)
    assert second_factor.has_one(anne)
    assert StaticToken.objects.filter(token=codes[0]).exists()


def test_new_codes_replace_the_old_ones(client, anne):
    _, former = enrol(client, anne)

    page = client.post(PAGE, {"new_codes": "1"}).content.decode()

    codes = re.findall(r"<li><code>(\w{8})</code>", page)
    assert len(codes) == 10
    assert not {*codes} & {*former}
    assert not StaticToken.objects.filter(token__in=former).exists()


def test_one_may_be_given_up(client, anne):
    enrol(client, anne)

    client.post(PAGE, {"remove": "1"})

    assert not second_factor.has_one(anne)
    assert client.get("/admin/").status_code == 200


def test_where_it_is_demanded_staff_without_one_are_led_to_take_it(client, anne, demanded):
    answer = client.get("/admin/survey/respondent/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{PAGE}?next=%2Fadmin%2Fsurvey%2Frespondent%2F"

    enrol(client, anne)
    assert client.get("/admin/survey/respondent/").status_code == 200


def test_where_it_is_demanded_one_may_still_sign_out(client, anne, demanded):
    client.post("/admin/logout/")

    assert "_auth_user_id" not in client.session


def test_the_staff_api_refuses_until_it_is_shown(client, anne, demanded, monkeypatch):
    from conumm.api import UnknownAddress

    # Any view that says nothing of who may call it.
    class Staff(APIView):
        def get(self, request, **kwargs):
            return Response({"ok": True})

    view = Staff.as_view()
    monkeypatch.setattr(UnknownAddress, "dispatch", lambda _, request, **k: view(request, **k))

    refused = client.get("/api/v1/staff/")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")

    enrol(client, anne)
    assert client.get("/api/v1/staff/").status_code == 200


def test_a_superuser_takes_it_from_who_lost_it_and_the_log_says_so(client, anne):
    blaise = User.objects.create_user("blaise", is_staff=True)
    enrolled(blaise)

    action = {"action": "remove_second_factor", "_selected_action": [blaise.pk]}
    client.post("/admin/auth/user/", action)

    assert not second_factor.has_one(blaise)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (anne, str(blaise.pk))
    assert entry.get_change_message() == "Second facteur retiré."


def test_a_stranger_sees_neither_page(client):
    for address in (PAGE, CODE):
        assert client.get(address).url == f"/admin/login/?next={address}"
        assert client.post(address, {"code": "123456"}).status_code == 302


def test_no_account_can_be_deleted_with_what_it_did(client, anne):
    blaise = User.objects.create_user("blaise", is_staff=True)
    action = {"action": "delete_selected", "_selected_action": [blaise.pk], "post": "yes"}

    client.post("/admin/auth/user/", action)
    answer = client.post(f"/admin/auth/user/{blaise.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=blaise.pk).exists()
