"""Problem to Outcome: the search for acts that everybody has a reason for."""
