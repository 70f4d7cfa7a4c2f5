"""Invented people on the newsletter list, for the demonstration."""

from joinedup.foundation.permissions import Actor
from joinedup.inform.newsletter import access, actions
from joinedup.inform.newsletter.models import Subscriber, Topic

# Address, name, topics, language, and how far they have come. Everybody is invented.
PEOPLE = [
    ("amina.sample@example.org", "Sample: Amina", ["health-services", "care-at-home"], "bn", "confirmed"),
    ("george.sample@example.org", "Sample: George", ["ways-to-take-part"], "en", "confirmed"),
    ("hodan.sample@example.org", "Sample: Hodan", ["children-and-families"], "so", "confirmed"),
    ("li.sample@example.org", "Sample: Li", [], "zh", "confirmed"),
    ("rosa.sample@example.org", "Sample: Rosa", ["mental-wellbeing", "health-services"], "en", "pending"),
    ("tom.sample@example.org", "", [], "en", "pending"),
    ("yusuf.sample@example.org", "Sample: Yusuf", ["care-at-home"], "en", "left"),
]


def load(*, by: Actor) -> None:
    """Make the invented subscribers, each by the way a real one takes; those already there are left alone.

    `by` is who asked for the sample; the subscribers act as visitors, as they would.
    """
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for email, name, slugs, language, state in PEOPLE:
        if Subscriber.objects.by_address(email).exists():
            continue
        subscriber = actions.ask(
            email=email,
            name=name,
            topics=[topics[slug] for slug in slugs],
            language=language,
            page="/newsletter/",
        )
        if state in ("confirmed", "left"):
            asked = subscriber.events.latest("pk")
            actions.confirm(token=access.confirm_token(asked))
        if state == "left":
            actions.leave(token=access.leave_token(subscriber), one_click=False)
