import numpy as np
import pandas as pd

from analysis.measures import multiple, nominal, numeric, ordinal, ranking, text
from analysis.summaries import Distribution, Quotes, Ranks, Shares

PEOPLE = pd.Index([3, 7, 8, 20])
CHOICES = ("jamais", "parfois", "souvent")
COLUMNS = ["number", "choice", "rank", "value", "state"]


def cells(*rows):
    return pd.DataFrame([dict(zip(COLUMNS, row, strict=True)) for row in rows], columns=COLUMNS)


def choice(number, code):
    return (number, code, np.nan, np.nan, 0)


def test_one_choice_becomes_a_category_in_the_respondents_order():
    column = nominal.encode(cells(choice(8, "souvent"), choice(3, "jamais")), PEOPLE, CHOICES)

    assert list(column.index) == [3, 7, 8, 20]
    assert list(column.cat.categories) == ["jamais", "parfois", "souvent"]
    assert column.loc[[3, 8]].tolist() == ["jamais", "souvent"]
    assert column.isna().tolist() == [False, True, False, True]


def test_a_scale_keeps_its_order_whatever_was_answered():
    column = ordinal.encode(cells(choice(8, "souvent"), choice(3, "jamais")), PEOPLE, CHOICES)

    shares = ordinal.summarise(column, CHOICES)

    assert shares == Shares(2, {"jamais": 1, "parfois": 0, "souvent": 1})
    assert list(shares.counts) == ["jamais", "parfois", "souvent"]


def test_ticks_become_true_and_all_else_is_false():
    column = multiple.encode(
        cells(choice(20, "souvent"), choice(20, "jamais"), choice(3, "jamais")), PEOPLE, CHOICES
    )

    assert set(column.dtypes.astype(str)) == {"bool"}
    assert column.loc[3].tolist() == [True, False, False]
    assert column.loc[7].tolist() == [False, False, False]
    assert column.loc[20].tolist() == [True, False, True]


def test_ranks_become_numbers_and_no_rank_is_zero():
    column = ranking.encode(
        cells((7, "souvent", 1.0, np.nan, 0), (7, "jamais", 2.0, np.nan, 0)), PEOPLE, CHOICES
    )

    assert column.loc[7].tolist() == [2, 0, 1]
    assert ranking.summarise(column, CHOICES) == Ranks(
        1, {"jamais": (0, 1, 0), "parfois": (0, 0, 0), "souvent": (1, 0, 0)}
    )


def test_zero_is_an_answer_and_nothing_is_not():
    column = numeric.encode(cells((7, None, np.nan, 0.0, 0)), PEOPLE, ())

    assert numeric.summarise(column) == Distribution({0.0: 1})


def test_a_person_with_several_texts_is_published_once_one_of_them_is():
    rows = cells(
        (3, "autre", np.nan, np.nan, 2), (3, "autre", np.nan, np.nan, 1), (8, None, None, None, 1)
    )

    column = text.encode(rows, PEOPLE, ())

    assert column.tolist() == [2, 0, 1, 0]
    assert text.summarise(column) == Quotes(base=2, published=1)


def test_a_question_that_nobody_answered_has_a_column_and_an_empty_summary():
    nothing = cells()

    assert nominal.summarise(nominal.encode(nothing, PEOPLE, CHOICES), CHOICES).base == 0
    assert multiple.summarise(multiple.encode(nothing, PEOPLE, CHOICES), CHOICES).base == 0
    assert ranking.summarise(ranking.encode(nothing, PEOPLE, CHOICES), CHOICES).base == 0
    assert numeric.summarise(numeric.encode(nothing, PEOPLE, ())) == Distribution({})
    assert text.summarise(text.encode(nothing, PEOPLE, ())) == Quotes(0, 0)


def test_a_report_without_any_respondent_has_empty_summaries():
    nobody = pd.Index([], dtype=int)

    assert nominal.summarise(nominal.encode(cells(), nobody, CHOICES), CHOICES).base == 0
    assert multiple.summarise(multiple.encode(cells(), nobody, CHOICES), CHOICES).base == 0
    assert ranking.summarise(ranking.encode(cells(), nobody, CHOICES), CHOICES).base == 0
