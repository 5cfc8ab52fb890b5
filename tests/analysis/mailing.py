"""What the tests of news share: addresses, the way to the form, links read from mails."""

import re
from datetime import date

from django.core import mail

from analysis.models import Subscriber

SITE = "https://conumm.example"
ASK = "/nouvelles/"


def subscriber(email="anne@example.org"):
    return Subscriber.objects.create(email=email, expires_on=None, confirmed_in=date(2021, 3, 1))


def ticket(client):
    """That which the page of thanks holds for whoever has finished."""
    page = client.get("/questionnaire/merci/").content.decode()
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    return found and found[1]


def ask(client, email="anne@example.org", **more):
    return client.post(ASK, {"email": email, "ticket": ticket(client)}, **more)


def link(what, message=None):
    """The path that a mail, the last one or this, gives to confirm or to leave."""
    body = (message or mail.outbox[-1]).body
    return re.search(rf"{SITE}(/nouvelles/[0-9a-f-]+/{what}/)\n", body)[1]
