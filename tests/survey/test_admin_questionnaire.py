import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from survey import loading
from survey.models import Choice, Question, Questionnaire, Section
from tests.factories import STRUCTURE, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def address_of(row):
    return reverse(f"admin:survey_{row._meta.model_name}_change", args=[row.pk])


def shown(client, row, **changes):
    """What the browser would post of this page, with these changes."""
    context = client.get(address_of(row)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return {name: value for form in forms for name, value in _posted(form)} | changes


def _posted(form):
    for field in form:
        value = field.value()
        if field.html_name in ("opens_at", "closes_at"):
            yield from [(f"{field.html_name}_0", ""), (f"{field.html_name}_1", "")]
        else:
            yield field.html_name, "" if value is None else value


def post(client, row, **changes):
    return client.post(address_of(row), shown(client, row, **changes))


def revision():
    return Questionnaire.objects.current().structure_revision


def labels(question):
    return list(Choice.objects.filter(question__code=question).values_list("code", flat=True))


def test_editors_change_wording_and_campaign(admin_client, questionnaire):
    before = Questionnaire.objects.current()

    post(
        admin_client,
        questionnaire,
        title="Le métier, en 2026",
        guiding_questions="Qui ?\r\n\r\n Où ? \r\n",
        circulation="Par les réseaux",
        opens_at_0="01/02/2026",
        opens_at_1="09:00",
        closes_at_0="01/03/2026",
        closes_at_1="18:00",
    )

    stored = Questionnaire.objects.current()
    assert stored.title == "Le métier, en 2026"
    assert stored.guiding_questions == ["Qui ?", "Où ?"]
    assert stored.circulation == "Par les réseaux"
    assert stored.opens_at.isoformat() == "2026-02-01T08:00:00+00:00"
    assert stored.closes_at.isoformat() == "2026-03-01T17:00:00+00:00"
    assert stored.structure_revision == before.structure_revision + 1
    assert stored.revised_at > before.revised_at


def test_closing_before_opening_is_refused(admin_client, questionnaire):
    before = revision()
    dates = {"opens_at_0": "02/02/2026", "closes_at_0": "01/02/2026"}

    response = post(admin_client, questionnaire, **dates, opens_at_1="09:00", closes_at_1="09:00")

    assert response.context["adminform"].form.errors == {
        "closes_at": ["La clôture doit venir après l’ouverture."]
    }
    assert revision() == before


def test_saving_without_a_change_tells_nobody(admin_client, questionnaire):
    before = revision()

    for row in (questionnaire, Section.objects.first(), Question.objects.get(code="outils")):
        assert post(admin_client, row).status_code == 302

    assert revision() == before


def test_saving_never_takes_back_a_number_given_meanwhile(admin_client, questionnaire, monkeypatch):
    shown_page = shown(admin_client, questionnaire, title="Autre titre")
    save = Questionnaire.save

    def save_late(self, *args, **kwargs):
        Questionnaire.objects.filter(pk=self.pk).update(last_number=41, revision=9)
        save(self, *args, **kwargs)

    monkeypatch.setattr(Questionnaire, "save", save_late)
    admin_client.post(address_of(questionnaire), shown_page)

    stored = Questionnaire.objects.current()
    assert (stored.title, stored.last_number, stored.revision) == ("Autre titre", 41, 9)


def test_sections_change_with_the_questionnaire_in_one_revision(admin_client, questionnaire):
    before = revision()
    changes = {"sections-0-title": "Votre lieu", "sections-1-introduction": "Vos journées."}

    post(admin_client, questionnaire, **changes)

    assert list(Section.objects.values_list("title", "introduction")) == [
        ("Votre lieu", ""),
        ("Le métier", "Vos journées."),
    ]
    assert revision() == before + 1


def test_a_section_changes_by_itself(admin_client, questionnaire):
    post(admin_client, Section.objects.get(code="lieu"), title="Votre lieu")

    assert Questionnaire.objects.current().structure.sections[0].title == "Votre lieu"


def test_a_question_and_its_choices_change_in_one_revision(admin_client, questionnaire):
    before = revision()
    changes = {"label": "Quels outils avez-vous ?", "choices-0-label": "Un ordinateur"}

    post(admin_client, Question.objects.get(code="outils"), **changes, help="Tous.")

    spec = Questionnaire.objects.current().structure.questions["outils"]
    assert (spec.label, spec.help) == ("Quels outils avez-vous ?", "Tous.")
    assert spec.choices_by_code["ordinateur"].label == "Un ordinateur"
    assert revision() == before + 1


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"choices-3-place": 1}, ["aucun", "ordinateur", "tablette", "autre"]),
        ({"choices-0-place": 3}, ["tablette", "autre", "ordinateur", "aucun"]),
        (
            {"choices-0-place": 2, "choices-1-place": 1},
            ["tablette", "ordinateur", "autre", "aucun"],
        ),
        ({"choices-1-place": 40}, ["ordinateur", "autre", "aucun", "tablette"]),
    ],
)
def test_a_choice_takes_the_place_it_is_given(admin_client, questionnaire, places, order):
    post(admin_client, Question.objects.get(code="outils"), **places)

    assert labels("outils") == order
    assert list(
        Choice.objects.filter(question__code="outils").values_list("position", flat=True)
    ) == [0, 1, 2, 3]


def test_loading_the_file_again_keeps_what_editors_changed(admin_client, questionnaire):
    outils = Question.objects.get(code="outils")
    changes = {"choices-3-place": 1, "choices-0-label": "Un ordinateur", "help": "Tous."}
    post(admin_client, outils, **changes)

    assert loading.load(STRUCTURE, "test.yaml") == []

    spec = Questionnaire.objects.current().structure.questions["outils"]
    assert spec.choice_codes == ("aucun", "ordinateur", "tablette", "autre")
    assert (spec.choices_by_code["ordinateur"].label, spec.help) == ("Un ordinateur", "Tous.")


def test_codes_kinds_and_conditions_are_never_written(admin_client, questionnaire):
    forme = Question.objects.get(code="forme")
    changes = {"code": "x", "kind": "number", "condition": "null", "choices-0-code": "y"}

    post(admin_client, forme, **changes, title="Forme du lieu")

    spec = Questionnaire.objects.current().structure.questions["forme"]
    assert (spec.title, spec.kind) == ("Forme du lieu", "single")
    assert spec.choice_codes == ("labellise", "de_fait")
    assert spec.condition.rule == {"question": "tiers_lieu", "any_of": ["oui"]}


def test_a_condition_is_shown_in_words(admin_client, questionnaire):
    page = admin_client.get(address_of(Question.objects.get(code="forme"))).content.decode()

    assert "on a répondu «\u00a0Oui\u00a0» à «\u00a0Tiers_lieu\u00a0»" in page


def test_editors_read_the_french_name_of_a_kind(admin_client, questionnaire):
    question = Question.objects.get(code="outils")
    listed = admin_client.get(reverse("admin:survey_question_changelist"))
    filtered = admin_client.get(reverse("admin:survey_question_changelist"), {"kind": "multiple"})

    kinds = next(spec for spec in listed.context["cl"].filter_specs if spec.title == "type")
    names = [choice["display"] for choice in kinds.choices(listed.context["cl"])]
    assert "plusieurs choix" in names
    assert "multiple" not in names
    assert question in filtered.context["cl"].result_list
    assert '<td class="field-kind_name">plusieurs choix</td>' in filtered.content.decode()
    assert ">plusieurs choix<" in admin_client.get(address_of(question)).content.decode()


def test_choices_that_a_kind_brings_itself_are_nobodys_to_change(admin_client, questionnaire):
    page = admin_client.get(address_of(Question.objects.get(code="tiers_lieu")))

    assert page.context["inline_admin_formsets"] == []


def test_an_empty_title_is_refused(admin_client, questionnaire):
    post(admin_client, Question.objects.get(code="outils"), title=" ")

    assert Question.objects.get(code="outils").title == "Outils"


def test_nothing_of_the_questionnaire_is_added_or_deleted_here(admin_client, questionnaire):
    for row in (questionnaire, Section.objects.first(), Question.objects.first()):
        changelist = reverse(f"admin:survey_{row._meta.model_name}_changelist")
        assert admin_client.get(f"{changelist}add/").status_code == 403
        deleting = admin_client.post(f"{changelist}{row.pk}/delete/", {"post": "yes"})
        assert deleting.status_code == 403


def test_lists_of_the_questionnaire_are_searched(admin_client, questionnaire):
    found = admin_client.get("/admin/survey/question/?q=tablette").context["cl"].result_list
    assert [question.code for question in found] == ["outils"]
    found = admin_client.get("/admin/survey/section/?q=metier").context["cl"].result_list
    assert [section.code for section in found] == ["metier"]


def test_staff_without_the_permission_change_nothing(client, questionnaire):
    client.force_login(moderator())

    for row in (questionnaire, Section.objects.first(), Question.objects.first()):
        assert client.get(address_of(row)).status_code == 403
        assert client.post(address_of(row), {"title": "x"}).status_code == 403


def test_an_editor_who_may_not_change_choices_leaves_them_as_they_are(client, questionnaire):
    editor = User.objects.create(username="editrice", is_staff=True)
    allowed = ("view_question", "change_question", "view_choice")
    editor.user_permissions.set(Permission.objects.filter(codename__in=allowed))
    client.force_login(editor)
    changes = {"choices-0-label": "x", "choices-3-place": 1}

    assert post(client, Question.objects.get(code="outils"), **changes, help="Tous.").url

    assert Question.objects.get(code="outils").help == "Tous."
    assert labels("outils") == ["ordinateur", "tablette", "autre", "aucun"]
    assert Choice.objects.get(code="ordinateur").label == "Ordinateur"
