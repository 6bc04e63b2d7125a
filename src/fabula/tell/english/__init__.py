"""English: verbs, names, reference, and a telling from nothing but the words of a world."""
