"""The house looking at itself: what its tests ask, as functions that can be tried on a broken example."""
