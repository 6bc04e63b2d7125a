"""World to Problem: no variables left, only numbers."""
