"""The second factor of staff: an application that gives codes (TOTP), and codes on paper."""

from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

BACKUP_CODES = 10
LENGTH = 6
"""Digits of a code of the application; those on paper are longer."""


def is_missing(user: Any) -> bool:
    """Whether this person has to show a second factor that they have not shown yet."""
    if getattr(user, "otp_device", None) is not None:
        return False
    return settings.REQUIRE_SECOND_FACTOR or has_one(user)


def has_one(user: AbstractBaseUser) -> bool:
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def page_for(user: AbstractBaseUser) -> str:
    """Where this person shows their second factor, or takes one."""
    return reverse("admin:second_factor_code" if has_one(user) else "admin:second_factor")


def being_enrolled(user: AbstractBaseUser) -> TOTPDevice:
    """The application that this person is about to confirm."""
    pending = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return pending or TOTPDevice.objects.create(user=user, confirmed=False, name="Application")


def qr_code(device: TOTPDevice) -> str:
    """What the application photographs, drawn here, as the address of an image."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff")


def confirm(device: TOTPDevice, code: str) -> bool:
    """Take this application as the second factor, if it gave this code."""
    with transaction.atomic():
        locked = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        if not locked.verify_token(_cleaned(code)):
            return False
        locked.confirmed = True
        locked.save(update_fields=["confirmed"])
    return True


def shown_by(user: AbstractBaseUser, code: str) -> Device | None:
    """The device that gave this code, which is then used up; None if none did."""
    code = _cleaned(code)
    devices = TOTPDevice if len(code) == LENGTH else StaticDevice
    with transaction.atomic():
        theirs = devices.objects.select_for_update().filter(user=user, confirmed=True)
        return next((device for device in theirs if device.verify_token(code)), None)


def new_backup_codes(user: AbstractBaseUser) -> list[str]:
    """Codes to keep on paper, each good once; those given before are no longer good."""
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(
            user=user, defaults={"name": "Codes de secours"}
        )
        device.token_set.all().delete()
        codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def backup_codes_left(user: AbstractBaseUser) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def remove(user: AbstractBaseUser) -> None:
    """Forget this person's application and codes."""
    for devices in (TOTPDevice, StaticDevice):
        devices.objects.filter(user=user).delete()


def _cleaned(code: str) -> str:
    return "".join(code.split()).lower()
