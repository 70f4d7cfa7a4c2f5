"""Stories for the demonstration: invented voices that are shown, made through the actions."""

from collections.abc import Mapping

from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories import actions
from joinedup.involve.stories.models import Story

# By theme: which voice, under which title, and how many pressed the button that it happened to them too.
SHOWN = {
    "phones": (0, "Sample: Number 27 in the queue", 13),
    "going-home": (4, "Sample: Nobody asked about food", 9),
    "hospital-bus": (0, "Sample: Two buses, and then the walk", 4),
    "walks": (0, "Sample: The best hour of my week", 22),
}


def load(*, voices: Mapping[str, list[Contribution]], by: Actor) -> None:
    """Show one story of some themes; a second run changes nothing."""
    for key, (number, title, too) in SHOWN.items():
        contribution = voices[key][number]
        if Story.objects.filter(contribution=contribution).exists():
            continue
        words = contribution.words.oldest_first().get()
        story = actions.write(contribution=contribution, title=title, text=words.text, by=by)
        story = actions.show(story=story, by=by)
        for _person in range(too):
            actions.me_too(story=story)
