"""What makes an event easy to come to, and what people may ask for: keys and words, in one place."""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """What a place or an event offers."""

    STEP_FREE = "step-free", _("No steps on the way in")
    TOILET = "toilet", _("A toilet for wheelchair users")
    BSL = "bsl", _("British Sign Language (BSL) interpreter")
    INTERPRETERS = "interpreters", _("Language interpreters, if you ask us")
    HEARING_LOOP = "hearing-loop", _("Hearing loop")
    CAPTIONS = "captions", _("Live captions on a screen")
    QUIET_SPACE = "quiet-space", _("A quiet space to rest")
    TRAVEL = "travel", _("Help with travel costs, if you ask us")
    PARKING = "parking", _("Blue Badge parking close by")


class Need(models.TextChoices):
    """What someone who comes may ask for."""

    BSL = "bsl", _("A British Sign Language (BSL) interpreter")
    INTERPRETER = "interpreter", _("An interpreter for another language")
    STEP_FREE = "step-free", _("No steps")
    HEARING_LOOP = "hearing-loop", _("A hearing loop")
    QUIET_SPACE = "quiet-space", _("A quiet space to rest")
    TRAVEL = "travel", _("Help with travel costs")
    COMPANION = "companion", _("Someone comes with me to help me")
    OTHER = "other", _("Something else")


def choices() -> list[tuple[str, str | Promise]]:
    """What a place may offer; a function, so that a new one changes no migration."""
    return [(str(value), label) for value, label in Access.choices]


def access_names(keys: Iterable[str]) -> list[str]:
    """The words for these, in our order."""
    wanted = set(keys)
    return [str(one.label) for one in Access if one.value in wanted]
