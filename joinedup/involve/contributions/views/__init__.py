"""The doors: for residents (sending, following) and for staff (the rest)."""
