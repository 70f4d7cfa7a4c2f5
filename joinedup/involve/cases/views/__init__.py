"""The doors of cases, for staff."""
