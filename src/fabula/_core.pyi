"""
The native search core of fabula; only fabula.search.engine imports it.
"""



def version() -> str:
    """Return the version of fabula that this core was built from."""
