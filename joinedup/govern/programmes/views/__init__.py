"""Doors: the public pages, and the screens on which editors keep them."""
