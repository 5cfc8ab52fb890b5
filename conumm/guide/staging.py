"""The demo as the guide's pictures show it: its data, the team's accounts, what befell some."""

from datetime import UTC, datetime, timedelta
from io import StringIO

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from analysis.models import Commentary, Subscriber
from conumm.guide.pictures import COLLEAGUE, EDITOR, MODERATOR, NEWCOMER, SUPERUSER
from survey import entry, filling, moderation, responses
from survey.entry import Given
from survey.filling import Consents
from survey.models import Answer, Decision, Questionnaire, Respondent, TextToRead

PASSWORD = "une phrase du guide"
KEY = "636f6e756d6d2c206c6120636cc3a9206475"
"""Of a second factor that nobody has: the drawing is the same each time."""

SUBSCRIBERS = 24
YESTERDAY = datetime(2021, 3, 4, 10, 15, tzinfo=UTC)
MOMENT = datetime(2021, 3, 5, 14, 32, tzinfo=UTC)


def prepare() -> dict[str, int]:
    """Write everything; return the keys of what the pictures look at, by name."""
    for command in ("load_questionnaire", "load_demo", "load_demo_commentary"):
        call_command(command, stdout=StringIO())
    Decision.objects.update(at=YESTERDAY)
    _accounts()
    for number in range(SUBSCRIBERS):
        Subscriber.objects.create(
            email=f"lecture-{number}@example.org", confirmed_in=MOMENT.date(), expires_on=None
        )
    questionnaire = Questionnaire.objects.current()
    _judged(questionnaire, by=User.objects.get(username=COLLEAGUE))
    return _places(questionnaire)


def _accounts() -> None:
    for name in (NEWCOMER, MODERATOR, COLLEAGUE, EDITOR, SUPERUSER):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
        group = "Rédaction" if name == EDITOR else "Modération"
        user.groups.add(Group.objects.get(name=group))
    User.objects.filter(username=SUPERUSER).update(is_superuser=True)
    newcomer = User.objects.get(username=NEWCOMER)
    TOTPDevice.objects.create(user=newcomer, key=KEY, confirmed=False, name="Application")


def _judged(questionnaire: Questionnaire, *, by: User) -> None:
    """What a colleague decided today."""
    held, excluded = (questionnaire.respondents.get(number=number) for number in (12, 40))
    moderation.hold(held, by=by, reason="Peut-être un essai de l’équipe")
    moderation.exclude(excluded, by=by, reason="Essai de l’équipe")
    texts = TextToRead.objects.waiting().in_reading_order()
    account = texts.get(question__code="sites_ressources_detail")
    moderation.redact(account, "https://mes-cours.example (mon compte)", by=by)
    moderation.approve(texts.get(question__code="handicap_outils_detail"), by=by)
    Decision.objects.filter(by=by).update(at=MOMENT)


def _places(questionnaire: Questionnaire) -> dict[str, int]:
    waiting = TextToRead.objects.waiting().in_reading_order()
    last = questionnaire.respondents.filter(completed_at__isnull=False).latest("number")
    return {
        "questionnaire": questionnaire.pk,
        "question": questionnaire.questions.get(code="structure_type").pk,
        "commentary": Commentary.objects.get(place="domicile").pk,
        "complete": last.pk,
        "double": _answered_twice(last).pk,
        "personal": waiting.filter(text__contains="Sandrine")[0].pk,
        "plain": waiting.filter(question__code="axes_avenir")[0].pk,
        "status": questionnaire.questions.get(code="statut").pk,
        "known": _precisions(questionnaire)["Engagé en service civique"].pk,
        "entered": _entered(questionnaire).number,
        "refused": TextToRead.objects.pending().filter(agreed=False)[0].pk,
        "rewritten": _rewritten(questionnaire).pk,
    }


def _answered_twice(person: Respondent) -> Respondent:
    """Somebody who pressed the back button and began again."""
    double, _ = filling.start(person.questionnaire, Consents(participate=True))
    answers = {c: v for c, v in responses.answers_of(person).items() if v is not None}
    filling.save(double, 0, answers)
    moment = person.started_at + timedelta(minutes=4)
    Respondent.objects.filter(pk=double.pk).update(started_at=moment)
    return double


def _rewritten(questionnaire: Questionnaire) -> Answer:
    """A text that its author changed after it was published."""
    person, _ = filling.start(questionnaire, Consents(participate=True, publish_texts=True))
    filling.save(person, 0, {"freins_pratiques": "Le matériel est ancien et le débit trop faible"})
    text = person.answers.get(question__code="freins_pratiques")
    moderation.approve(text, by=User.objects.get(username=COLLEAGUE))
    person.refresh_from_db()
    words = "Le matériel est ancien, le débit trop faible et la salle souvent prise"
    filling.save(person, person.version, {"freins_pratiques": words})
    person.decisions.update(at=MOMENT)
    Respondent.objects.filter(pk=person.pk).update(started_at=MOMENT)
    return person.answers.get(question__code="freins_pratiques")


def _precisions(questionnaire: Questionnaire) -> dict[str, Answer]:
    """What some wrote beside « Autre »: one could have ticked it, the others say the same."""
    said = (
        *("intermittente du spectacle", "Intermittent", "intermittent, régime général en été"),
        "Engagé en service civique",
    )
    for words in said:
        person, _ = filling.start(questionnaire, Consents(participate=True, publish_texts=True))
        filling.save(person, 0, {"statut": {"choice": "autre", "other": words}})
        Respondent.objects.filter(pk=person.pk).update(started_at=YESTERDAY)
    return {text.text: text for text in Answer.objects.filter(text__in=said)}


def _entered(questionnaire: Questionnaire) -> Respondent:
    """Somebody who answered on paper, of whom a moderator enters it."""
    given = Given(Respondent.Mode.PAPER, YESTERDAY.date(), Consents(participate=True))
    return entry.start(questionnaire, given, by=User.objects.get(username=MODERATOR))
