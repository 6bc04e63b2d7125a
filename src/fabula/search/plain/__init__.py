"""Plain twins of what else the core gives: what is to be said of acts, and tables."""
