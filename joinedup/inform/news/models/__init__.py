"""The nouns: posts and their index, events and theirs, and who comes to an event."""

from joinedup.inform.news.models.coming import EventSignUp
from joinedup.inform.news.models.events import EventIndexPage, EventPage
from joinedup.inform.news.models.posts import NewsIndexPage, NewsPostPage

__all__ = ["EventIndexPage", "EventPage", "EventSignUp", "NewsIndexPage", "NewsPostPage"]
