"""Tree to World: every name resolved, every kind checked."""
