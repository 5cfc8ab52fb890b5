"""How answers become columns and columns become summaries: one module a measure, all pure.

`encode(cells, numbers, choices)` makes a question's column from its stored rows: a frame with
`number`, `choice`, `rank`, `value`, `state`, one line a row; the column is indexed by `numbers`.
`summarise(answers, choices)` makes the summary of a column; missing answers are in no base.
"""
