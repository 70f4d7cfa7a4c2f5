"""The doors of measures: for everyone, and for those who keep them."""
