"""The doors of news and events that are no pages of the editor."""
