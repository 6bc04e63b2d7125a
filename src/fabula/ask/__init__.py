"""Questions about stories: why, why not, what if, and the space of all of them."""
