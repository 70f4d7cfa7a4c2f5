"""Doors: totals for everyone, and where budgets are kept and payments come in."""
