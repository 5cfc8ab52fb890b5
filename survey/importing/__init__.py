"""Responses collected elsewhere: files read, mapped to the questionnaire, placed, written.

`files` reads what LimeSurvey exports, `mapping` what an editor says of its columns, `placing` turns
lines into responses and finds what has no place, `planning` compares them with who is there,
`writing` brings them in, all or none.
"""
