"""States with minds, and what an act does to them: sections 4 to 7 of the language, in plain Python."""
