"""Text to Tree: the grammar of the world language, and the way back to text."""
