"""Measuring the search: on a folder of problems, and on generated worlds that grow."""
