"""The guide of moderators and editors: chapters in Markdown, shown in the admin under « Aide »."""
