"""Finding stories in a file: what may be asked, and how it is decided."""
