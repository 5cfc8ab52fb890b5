"""The texts of the demo data: each once, judged as their authors agreed, none personal."""

from collections import Counter

import pytest

from survey.demo import data
from survey.demo.plan import plan
from survey.kinds import NOT_CONCERNED
from tests.planned import STRUCTURE

LONG_TEXTS = [code for code, q in STRUCTURE.questions.items() if q.kind == "long_text"]


@pytest.fixture(scope="module")
def people():
    return list(plan(STRUCTURE))


def texts(people):
    """Every long text: who wrote it, where, and what became of it."""
    return [
        (p, code, p.answers[code], p.verdicts.get(code))
        for p in people
        for code in LONG_TEXTS
        if p.answers.get(code, NOT_CONCERNED) != NOT_CONCERNED
    ]


def test_every_text_of_the_file_is_written_once_and_some_wait(people):
    written = texts(people)
    dormant = [entry["answer"] for entry in data.dormant() if entry["question"] in LONG_TEXTS]
    pool = [entry["text"].strip() for entries in data.texts().values() for entry in entries]

    assert sorted(text for _, _, text, _ in written) == sorted(pool + dormant)
    assert len(pool) >= 180
    readable = Counter(
        verdict if isinstance(verdict, str | None) else "redacted"
        for person, _, _, verdict in written
        if person.consents[1]
    )
    assert (readable[None], readable["redacted"], readable["rejected"]) == (12, 4, 3)
    assert readable["approved"] > 130


def test_texts_of_whoever_did_not_agree_have_no_verdict(people):
    private = [verdict for person, _, _, verdict in texts(people) if not person.consents[1]]

    assert len(private) > 10
    assert set(private) == {None}
    assert all(
        code in ("structure_nom", "structure_communication")
        for p in people
        if not p.consents[1]
        for code in p.verdicts
    )


def test_redacted_texts_go_out_without_what_is_personal(people):
    public = [v[1] for _, _, _, v in texts(people) if isinstance(v, tuple)]

    assert len(public) == 4
    assert all("[…]" in text for text in public)
    assert not any(
        word in text for text in public for word in ("01 99", "@", "Guérin", "Morandeau")
    )


def test_texts_are_short_and_long(people):
    lengths = sorted(len(text.split()) for _, _, text, _ in texts(people))

    assert lengths[0] <= 2
    assert lengths[len(lengths) // 2] < 20
    assert 150 < lengths[-2] <= lengths[-1] <= 250


def test_reasons_suit_the_state_of_mind_they_explain(people):
    for entry in data.texts()["etat_esprit_raison"]:
        author = next(
            p for p in people if p.answers.get("etat_esprit_raison") == entry["text"].strip()
        )
        assert author.answers["etat_esprit"] in entry["if"]["etat_esprit"]


def test_every_precision_after_autre_is_somebodys(people):
    written = Counter(
        (code, item["other"])
        for p in people
        for code, value in p.answers.items()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, dict) and item != NOT_CONCERNED
    )

    assert written == Counter(
        (code, words) for code, listed in data.precisions().items() for words in listed
    )
