"""The doors of the thread."""
