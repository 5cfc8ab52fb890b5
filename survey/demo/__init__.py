"""Demo data: a plan of fictional respondents with the figures of 2021, and its writing."""
