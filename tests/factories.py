"""The smallest real things that tests need: a questionnaire of every kind, people, answers."""

from django.contrib.auth.models import User

from survey import filling, loading
from survey.filling import Consents
from survey.models import Answer, Questionnaire
from survey.questionnaire import ChoiceSpec, Condition, QuestionSpec, SectionSpec, Structure

OUI_NON = (ChoiceSpec("oui", "Oui"), ChoiceSpec("non", "Non"))
EVERYTHING = Consents(participate=True, publish_texts=True, name_structure=True)
NOTHING_PUBLIC = Consents(participate=True)


def spec(code, kind, choices=(), **more):
    labels = [
        ChoiceSpec(c, c.capitalize(), other=c == "autre", exclusive=c == "aucun") for c in choices
    ]
    if kind == "yesno":
        labels = OUI_NON
    return QuestionSpec(code, kind, code.capitalize(), f"{code} ?", choices=tuple(labels), **more)


LIEU = SectionSpec(
    "lieu",
    "Le lieu",
    questions=(
        spec("nom", "short_text", consent="name_structure"),
        spec("type", "single", ["association", "mairie", "autre"]),
        spec("tiers_lieu", "yesno"),
        spec(
            "forme", "single", ["labellise", "de_fait"], condition=Condition("tiers_lieu", ("oui",))
        ),
        spec("outils", "multiple", ["ordinateur", "tablette", "autre", "aucun"]),
    ),
)
METIER = SectionSpec(
    "metier",
    "Le métier",
    questions=(
        spec("publics", "ranking", ["seniors", "jeunes", "enfants"], item="Public"),
        spec("duree", "number", unit="minutes", unit_one="minute", minimum=1, maximum=600),
        spec("humeur", "single", ["haute", "moyenne", "basse"], ordered=True),
        spec("freins", "long_text"),
        spec("site", "url"),
    ),
)
STRUCTURE = Structure("conumm", "Le métier", "Présentation", ("Quel métier ?",), (LIEU, METIER))


def questionnaire(structure=STRUCTURE):
    loading.load(structure, "test.yaml")
    return Questionnaire.objects.current()


def respondent(answers=None, consents=EVERYTHING):
    person, _ = filling.start(Questionnaire.objects.current(), consents)
    if answers:
        filling.save(person, 0, answers)
    return person


def moderator():
    return User.objects.get_or_create(username="moderatrice", is_staff=True)[0]


def text_of(person, code):
    return Answer.objects.select_related("respondent", "question").get(
        respondent=person, question__code=code
    )
