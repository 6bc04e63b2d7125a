"""Who does the work, for how long, and what a piece of it is."""
