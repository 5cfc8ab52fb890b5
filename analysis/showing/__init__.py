"""How a summary is shown: one module a form it takes, each a chart, a table, figures and parts."""
