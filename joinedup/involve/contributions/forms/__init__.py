"""The forms of contributions: what residents fill in, and what staff do."""
