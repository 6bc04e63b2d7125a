"""How answers are worded: conditions and acts as an author writes them, counts, tables."""
