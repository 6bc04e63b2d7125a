"""The commands of `fabula`, each in a module with its like. A command that asks about a world takes a Question first."""
