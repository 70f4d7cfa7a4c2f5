"""Doors: what everyone may read, and where meetings are kept and actions finished."""
