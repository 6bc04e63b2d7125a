"""The worlds that come with fabula, as data."""
