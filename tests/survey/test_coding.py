"""What is written beside « Autre » counts as another choice, and its author's words stay."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from survey import coding, filling, loading, moderation, publication, responses
from survey.coding import NewChoice
from survey.models import Answer, Choice, Decision, Event, Question, Questionnaire
from survey.moderation import ModerationError
from survey.questionnaire import ChoiceSpec, QuestionnaireError, QuestionSpec
from tests.factories import LIEU, METIER, NOTHING_PUBLIC, STRUCTURE, moderator, respondent

pytestmark = pytest.mark.django_db

BOAT = {"choice": "autre", "other": "Péniche"}


def question(code="type"):
    return Question.objects.get(code=code)


def choice(code, of="type"):
    return Choice.objects.get(question__code=of, code=code)


def precision(person, code="type"):
    return Answer.objects.select_related("respondent__questionnaire", "question").get(
        respondent=person, question__code=code, choice__code="autre"
    )


def written(other="Péniche", **more):
    return precision(respondent({"type": {"choice": "autre", "other": other}} | more))


def counted(code="type"):
    cells = publication.changes("conumm").cells
    return sorted(cell.choice for cell in cells if cell.question == code)


def revision():
    return publication.revision("conumm")[1]


def test_a_precision_counts_as_the_choice_that_it_was_coded_as(questionnaire):
    text = written()
    respondent({"type": "mairie"})

    coding.code(text, choice("association"), by=moderator())

    assert counted() == ["association", "mairie"]
    assert responses.answers_of(text.respondent)["type"] == BOAT


def test_coding_moves_the_revision_and_undoing_it_too(questionnaire):
    text = written()
    first = revision()
    coding.code(text, choice("association"), by=moderator())
    second = revision()
    coding.uncode(text, by=moderator())

    assert first < second < revision()
    assert counted() == ["autre"]


def test_coding_as_it_is_coded_already_changes_nothing(questionnaire):
    text = written()
    coding.code(text, choice("association"), by=moderator())
    before = revision()

    coding.code(text, choice("association"), by=moderator())

    assert revision() == before
    assert Decision.objects.count() == 1


def test_every_coding_is_logged_from_which_choice_to_which(questionnaire):
    text = written()
    by = moderator()
    coding.code(text, choice("association"), by=by, reason=" loi 1901 ")
    coding.code(text, choice("mairie"), by=by)
    coding.uncode(text, by=by)

    columns = ("counted_before", "counted_as", "reason", "text", "choice__code", "by")
    assert list(Decision.objects.order_by("pk").values_list(*columns)) == [
        ("Autre", "Association", "loi 1901", "Péniche", "autre", by.pk),
        ("Association", "Mairie", "", "Péniche", "autre", by.pk),
        ("Mairie", "Autre", "", "Péniche", "autre", by.pk),
    ]


def test_coding_and_verdicts_do_not_meet(questionnaire):
    text = written()
    moderation.approve(text, by=moderator())
    coding.code(text, choice("association"), by=moderator())
    verdict = moderation.last_decision(text)

    moderation.undo(verdict, text, by=moderator())

    stored = precision(text.respondent)
    assert verdict.verdict == "approved"
    assert (stored.verdict, stored.coded_as.code) == ("pending", "association")


def test_a_decision_names_the_choice_beside_which_the_text_stands(questionnaire):
    text = written()
    moderation.approve(text, by=moderator())

    assert Decision.objects.get().choice.code == "autre"


def test_a_new_choice_stands_before_autre_and_is_offered_to_nobody(questionnaire):
    coding.code(written(), NewChoice(question(), " Bateau  et péniche "), by=moderator())

    asked = Questionnaire.objects.current().structure.questions["type"]
    assert asked.choice_codes == ("association", "mairie", "bateau_et_peniche", "autre")
    assert [c.code for c in asked.offered] == ["association", "mairie", "autre"]
    assert counted() == ["bateau_et_peniche"]


def test_nobody_can_answer_with_a_choice_that_was_added(questionnaire):
    coding.code(written(), NewChoice(question(), "Bateau"), by=moderator())

    with pytest.raises(responses.InvalidAnswers):
        respondent({"type": "bateau"})


def test_an_added_choice_is_in_no_page_schema_or_api_of_the_questionnaire(client, questionnaire):
    coding.code(written(), NewChoice(question(), "Bateau"), by=moderator())

    asked = client.get("/api/v1/questionnaire/").json()["sections"][0]["questions"][1]
    client.post("/questionnaire/", {"participate": "on"})
    page = client.get("/questionnaire/section/lieu/").content.decode()

    assert [c["code"] for c in asked["choices"]] == ["association", "mairie", "autre"]
    assert "bateau" not in str(asked["schema"])
    assert 'value="mairie"' in page
    assert "Bateau" not in page


def test_the_label_of_a_choice_there_is_means_that_choice(questionnaire):
    coding.code(written(), NewChoice(question(), "association"), by=moderator())

    assert counted() == ["association"]
    assert Choice.objects.filter(added=True).count() == 0


@pytest.mark.parametrize(
    ("label", "code"),
    [("Mairie !", "mairie_2"), ("NA", "na_2"), ("L’été", "l_ete"), ("…", "choix")],
)
def test_the_code_of_a_new_choice_is_free(questionnaire, label, code):
    assert coding.add(question(), label).code == code


def test_a_new_choice_wants_a_name(questionnaire):
    with pytest.raises(ModerationError, match="nom"):
        coding.code(written(), NewChoice(question(), " "), by=moderator())


def test_a_new_choice_goes_with_the_last_text_that_counts_as_it(questionnaire):
    one, other = written(), written("Barge")
    coding.code_each([one, other], NewChoice(question(), "Bateau"), by=moderator())
    coding.uncode(one, by=moderator())
    assert counted() == ["autre", "bateau"]

    coding.uncode(other, by=moderator())

    assert not Choice.objects.filter(added=True).exists()
    assert "bateau" not in Questionnaire.objects.current().structure.questions["type"].choice_codes
    assert Decision.objects.filter(counted_as="Bateau").count() == 2


@pytest.mark.parametrize(
    "leave",
    [
        lambda person: filling.save(person, 1, {"type": {"choice": "autre", "other": "Barge"}}),
        lambda person: filling.save(person, 1, {"type": None}),
        filling.withdraw,
    ],
)
def test_a_new_choice_goes_when_its_last_author_changes_their_words(questionnaire, leave):
    one, other = written(), written()
    coding.code_each([one, other], NewChoice(question(), "Bateau"), by=moderator())

    leave(one.respondent)
    assert counted().count("bateau") == 1
    leave(other.respondent)

    assert not Choice.objects.filter(added=True).exists()
    assert "bateau" not in Questionnaire.objects.current().structure.questions["type"].choice_codes


def test_adding_and_undoing_again_moves_no_choice_any_further(questionnaire):
    for _ in range(3):
        text = written()
        coding.code(text, NewChoice(question(), "Bateau"), by=moderator())
        coding.uncode(text, by=moderator())

    assert choice("autre").position == 3


def test_a_new_choice_as_which_nothing_can_count_is_not_made(questionnaire):
    stale = written()
    filling.save(stale.respondent, 1, {"type": "mairie"})

    outcome = coding.code_each([stale], NewChoice(question(), "Bateau"), by=moderator())

    assert outcome.decided == 0
    assert not Choice.objects.filter(added=True).exists()


def test_who_ticked_the_choice_too_counts_once(questionnaire):
    person = respondent({"outils": ["ordinateur", {"choice": "autre", "other": "PC"}]})

    coding.code(precision(person, "outils"), choice("ordinateur", "outils"), by=moderator())

    assert counted("outils") == ["ordinateur", "ordinateur"]


def test_what_stands_alone_is_no_choice_for_who_ticked_others(questionnaire):
    beside = respondent({"outils": ["ordinateur", {"choice": "autre", "other": "Rien d’autre"}]})
    alone = respondent({"outils": [{"choice": "autre", "other": "Rien"}]})
    texts = [precision(person, "outils") for person in (beside, alone)]

    outcome = coding.code_each(texts, choice("aucun", "outils"), by=moderator())

    assert outcome.decided == 1
    assert outcome.refused == (
        "« Aucun » ne va avec aucun autre choix, et #1 en a coché d’autres.",
    )
    assert counted("outils") == ["aucun", "autre", "ordinateur"]


def asking_about(any_of=(), none_of=()):
    """A questionnaire that asks for a status after some types of structure alone."""
    from survey.questionnaire import Condition

    status = QuestionSpec(
        *("statut", "long_text", "Statut", "Statut ?"),
        condition=Condition("type", any_of, none_of),
    )
    section = replace(LIEU, questions=(*LIEU.questions, status))
    loading.load(replace(STRUCTURE, sections=(section, METIER)), "test.yaml")


def test_a_choice_that_would_ask_more_questions_is_refused(questionnaire):
    asking_about(any_of=("association",))
    text = written()

    with pytest.raises(ModerationError) as refused:
        coding.code(text, choice("association"), by=moderator())
    coding.code(text, choice("mairie"), by=moderator())

    assert str(refused.value) == (
        "« Association » fait poser la question « Statut », que #1 n’a pas vue."
    )


def test_a_choice_that_would_unask_a_question_is_refused(questionnaire):
    asking_about(none_of=("mairie",))
    text = written(statut="Scop")

    with pytest.raises(ModerationError) as refused:
        coding.code(text, choice("mairie"), by=moderator())

    assert str(refused.value) == (
        "#1 a vu la question « Statut », que « Mairie » ne fait pas poser."
    )


def test_what_is_no_precision_is_refused(questionnaire):
    person = respondent({"freins": "le temps"})
    text = Answer.objects.select_related("respondent", "question").get(respondent=person)

    with pytest.raises(ModerationError, match="précision"):
        coding.code(text, choice("mairie"), by=moderator())
    with pytest.raises(ModerationError, match="précision"):
        coding.uncode(text, by=moderator())


def test_the_choice_that_the_author_made_is_refused(questionnaire):
    with pytest.raises(ModerationError, match="a choisi"):
        coding.code(written(), choice("autre"), by=moderator())


def test_the_second_of_two_moderators_learns_how_it_was_coded(questionnaire):
    text = written()
    read = precision(text.respondent)
    other = User.objects.create(username="camille", first_name="Camille", last_name="Durand")
    coding.code(text, choice("association"), by=other)

    with pytest.raises(ModerationError) as refused:
        coding.code(read, choice("mairie"), by=moderator())

    assert str(refused.value).startswith("Camille Durand a décidé de ce texte de #1 le ")
    assert "compté avec « Association »" in str(refused.value)
    assert counted() == ["association"]


def test_a_text_that_its_author_changed_since_is_not_coded(questionnaire):
    text = written()
    filling.save(text.respondent, 1, {"type": {"choice": "autre", "other": "Barge"}})

    with pytest.raises(ModerationError, match="a modifié ce texte"):
        coding.code(text, choice("mairie"), by=moderator())


def test_changed_words_lose_their_code_and_what_stays_keeps_it(questionnaire):
    person = respondent({"type": BOAT, "outils": [{"choice": "autre", "other": "PC"}]})
    coding.code(precision(person), choice("mairie"), by=moderator())
    coding.code(precision(person, "outils"), choice("ordinateur", "outils"), by=moderator())

    filling.save(
        person,
        1,
        {
            "type": {"choice": "autre", "other": "Barge"},
            "outils": ["tablette", {"choice": "autre", "other": "PC"}],
        },
    )

    assert counted() == ["autre"]
    assert counted("outils") == ["ordinateur", "tablette"]


def test_a_public_precision_says_as_what_it_counts(questionnaire):
    text = written()
    moderation.approve(text, by=moderator())
    coding.code(text, choice("mairie"), by=moderator())

    assert publication.texts("conumm", "type") == [(1, "Péniche", "mairie")]


def test_coding_lets_no_word_out(questionnaire):
    person = respondent({"type": BOAT}, NOTHING_PUBLIC)
    before = set(publication.changes("conumm").cells)

    coding.code(precision(person), choice("mairie"), by=moderator())

    after = set(publication.changes("conumm").cells)
    assert publication.texts("conumm", "type") == []
    assert {cell._replace(choice="autre", made=None) for cell in after} == before


def test_several_are_coded_each_apart(questionnaire):
    texts = [written(f"n°{n}") for n in range(3)]
    filling.save(texts[1].respondent, 1, {"type": "mairie"})

    outcome = coding.code_each(texts, choice("association"), by=moderator())

    assert outcome.decided == 2
    assert len(outcome.refused) == 1
    assert counted() == ["association", "association", "mairie"]


def test_many_are_coded_in_one_go_of_few_queries(questionnaire, django_assert_max_num_queries):
    texts = [written(f"n°{n}") for n in range(20)]
    target, by = choice("association"), moderator()

    with django_assert_max_num_queries(40):
        coding.code_each(texts, target, by=by)

    assert counted() == ["association"] * 20


def test_loading_again_keeps_what_was_added_and_what_counts_as_it(questionnaire):
    coding.code(written(), NewChoice(question(), "Bateau"), by=moderator())

    assert loading.load(STRUCTURE, "test.yaml") == []
    assert counted() == ["bateau"]


def with_choices(*choices):
    kept = tuple(q for q in LIEU.questions if q.code != "type")
    asked = replace(LIEU.questions[1], choices=choices)
    return replace(STRUCTURE, sections=(replace(LIEU, questions=(*kept, asked)), METIER))


def test_the_file_may_take_over_a_choice_that_was_added(questionnaire):
    coding.code(written(), NewChoice(question(), "Bateau"), by=moderator())
    labels = ("association", "mairie", "bateau")
    choices = [ChoiceSpec(code, code.capitalize()) for code in labels]
    choices.append(ChoiceSpec("autre", "Autre", other=True))

    loading.load(with_choices(*choices), "test.yaml")

    assert not choice("bateau").added
    assert counted() == ["bateau"]
    with pytest.raises(QuestionnaireError, match='removes "bateau", which moderators count'):
        loading.load(STRUCTURE, "test.yaml")


def test_an_added_choice_is_not_on_paper(client, questionnaire):
    coding.code(written(), NewChoice(question(), "Bateau"), by=moderator())

    page = client.get("/questionnaire/imprimer/").content.decode()

    assert "Mairie" in page
    assert "Bateau" not in page


def test_a_code_falls_once_its_author_ticks_what_it_cannot_go_with(questionnaire):
    person = respondent({"outils": [{"choice": "autre", "other": "Rien"}]})
    coding.code(precision(person, "outils"), choice("aucun", "outils"), by=moderator())

    filling.save(person, 1, {"outils": ["tablette", {"choice": "autre", "other": "Rien"}]})

    told = Event.objects.get(what=Event.What.UNCODED)
    assert counted("outils") == ["autre", "tablette"]
    assert told.detail == "Outils\u00a0: compté avec «\u00a0Aucun\u00a0» avant"
    assert (told.number, told.by) == (1, None)


def test_a_code_that_stays_true_outlives_what_its_author_ticks_beside(questionnaire):
    person = respondent({"outils": [{"choice": "autre", "other": "PC"}]})
    coding.code(precision(person, "outils"), choice("ordinateur", "outils"), by=moderator())

    filling.save(person, 1, {"outils": ["tablette", {"choice": "autre", "other": "PC"}]})

    assert counted("outils") == ["ordinateur", "tablette"]
    assert not Event.objects.filter(what=Event.What.UNCODED).exists()


@pytest.mark.parametrize(
    ("target", "said"),
    [("mairie", "compté avec «\u00a0Mairie\u00a0»"), ("Bateau", "compté avec un choix ajouté")],
)
@pytest.mark.parametrize(
    ("answer", "what"),
    [({"choice": "autre", "other": "Barge"}, "rewritten"), ("association", "emptied")],
)
def test_the_log_tells_of_a_code_that_falls_with_its_text(
    questionnaire, target, said, answer, what
):
    text = written()
    known = Choice.objects.filter(code=target).first()
    coding.code(text, known or NewChoice(question(), target), by=moderator())

    filling.save(text.respondent, 1, {"type": answer})

    told = Event.objects.get()
    assert (told.what, told.detail) == (what, f"Type\u00a0: {said} avant")
