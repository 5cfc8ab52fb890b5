"""What a crossing says of itself, one line a situation."""
# ruff: noqa: E501 (one situation stays one line, however long its sentence)

import pytest

from analysis import standing_out
from analysis.standing_out import Groups
from analysis.summaries import Crossed, Shares
from analysis.wording import Noun

YES_NO = {"oui": "Oui", "non": "Non"}
LETTERS = {"a": "A", "b": "B", "c": "C"}
TITLES = {"asso": "Association", "mairie": "Mairie", "autre": "Autre"}
NOUNS = {
    "asso": Noun("association", "associations", feminine=True),
    "mairie": Noun("mairie", "mairies", feminine=True),
}


def crossed(labels, rest=(), about="", nouns=NOUNS, **groups):
    """Counts by choice in each group, and in the rest."""
    by_group = {code: _shares(labels, counts) for code, counts in groups.items()}
    others = _shares(labels, rest or [0] * len(labels))
    answers = sum(by_group.values(), others)
    return Groups(Crossed(by_group, others), answers, labels, TITLES, nouns, about)


def _shares(labels, counts):
    return Shares(sum(counts), dict(zip(labels, counts, strict=True)))


SITUATIONS = [
    (crossed(YES_NO), "Aucune réponse pour l’instant."),
    (crossed(YES_NO, rest=(3, 2)), "Aucun groupe ne compte assez de réponses pour être montré."),
    (crossed(YES_NO, asso=(8, 25)), "Toutes les réponses viennent des associations."),
    (crossed(YES_NO, asso=(8, 25), mairie=(0, 20), rest=(0, 9)), "Les 8 réponses « Oui » viennent toutes des associations (8 sur 33)."),
    (crossed(YES_NO, asso=(1, 32), mairie=(0, 20)), "La seule réponse « Oui » vient des associations (1 sur 33)."),
    (crossed(YES_NO, nouns={}, asso=(8, 25), mairie=(0, 20)), "Les 8 réponses « Oui » viennent toutes du groupe « Association » (8 sur 33)."),
    (crossed(YES_NO, asso=(7, 24), mairie=(6, 13), rest=(5, 5)), "La réponse « Oui » est moins fréquente parmi les associations (23 %, soit 7 sur 31) que dans le reste des réponses (38 %, soit 11 sur 29). Un tel écart peut tenir au seul hasard des réponses."),
    (crossed(YES_NO, asso=(90, 10), mairie=(20, 80)), "La réponse « Oui » est plus fréquente parmi les associations (90 %, soit 90 sur 100) que dans le reste des réponses (20 %, soit 20 sur 100)."),
    (crossed(YES_NO, nouns={}, asso=(90, 10), mairie=(20, 80)), "La réponse « Oui » est plus fréquente dans le groupe « Association » (90 %, soit 90 sur 100) que dans le reste des réponses (20 %, soit 20 sur 100)."),
    (crossed(YES_NO, asso=(3, 4), mairie=(2, 4)), "La réponse « Oui » est plus fréquente parmi les associations (3 sur 7) que dans le reste des réponses (2 sur 6). Un tel écart peut tenir au seul hasard des réponses."),
    (crossed(YES_NO, asso=(0, 20), mairie=(60, 20), rest=(5, 5)), "La réponse « Oui » est moins fréquente parmi les associations (aucune sur 20) que dans le reste des réponses (72 %, soit 65 sur 90)."),
    (crossed(YES_NO, asso=(10, 10), mairie=(20, 20)), "La réponse « Oui » est aussi fréquente parmi les associations (50 %, soit 10 sur 20) que dans le reste des réponses."),
    (crossed(LETTERS, asso=(50, 40, 10), mairie=(50, 0, 50)), "Les 40 réponses « B » viennent toutes des associations (40 sur 100)."),
    (crossed(LETTERS, asso=(50, 40, 10), mairie=(20, 30, 50)), "La réponse « C » est moins fréquente parmi les associations (10 %, soit 10 sur 100) que dans le reste des réponses (50 %, soit 50 sur 100)."),
    (crossed(LETTERS, about="a", asso=(50, 40, 10), mairie=(20, 30, 50)), "La réponse « A » est plus fréquente parmi les associations (50 %, soit 50 sur 100) que dans le reste des réponses (20 %, soit 20 sur 100)."),
]  # fmt: skip


@pytest.mark.parametrize(("groups", "sentence"), SITUATIONS, ids=range(len(SITUATIONS)))
def test_the_group_that_stands_out_is_said_with_its_base(groups, sentence):
    said = standing_out.sentence(groups)

    assert said.replace("\u00a0", " ").replace("\u202f", " ") == sentence
