from survey.conditions import asked, holds
from survey.questionnaire import Condition, QuestionSpec, SectionSpec, Structure


def question(code, condition=None):
    return QuestionSpec(code, "yesno", code, code, condition=condition)


def test_a_question_without_condition_is_always_asked():
    assert holds(None, {})


def test_any_of_wants_one_of_its_choices():
    condition = Condition("a", any_of=("oui",))

    assert holds(condition, {"a": {"oui"}})
    assert not holds(condition, {"a": {"non"}})
    assert not holds(condition, {})


def test_none_of_wants_an_answer_that_is_none_of_its_choices():
    condition = Condition("a", none_of=("plein_temps",))

    assert holds(condition, {"a": {"mi_temps"}})
    assert not holds(condition, {"a": {"plein_temps"}})
    assert not holds(condition, {})


def test_an_answer_to_a_question_not_asked_opens_nothing():
    b = question("b", Condition("a", any_of=("oui",)))
    c = question("c", Condition("b", any_of=("oui",)))
    structure = Structure("q", "Q", sections=(SectionSpec("s", "S", "", (question("a"), b, c)),))

    assert asked(structure, {"a": {"non"}, "b": {"oui"}}) == {"a"}
    assert asked(structure, {"a": {"oui"}, "b": {"oui"}}) == {"a", "b", "c"}
