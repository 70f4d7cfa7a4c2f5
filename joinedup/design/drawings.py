"""The drawings of the borough: our own flat pictures, in `static/design/drawings/`."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Drawing:
    """One drawing: what editors see in the list, what it shows, and its size in pixels."""

    label: Promise
    words: Promise
    size: tuple[int, int]


DRAWINGS: dict[str, Drawing] = {
    "hero": Drawing(
        _("The borough"),
        _("Neighbours of many kinds by the canal, with a market, terraced houses and towers behind them."),
        (960, 540),
    ),
    "people": Drawing(
        _("Working together round a table"),
        _("Six people of different ages round a table covered with notes, one of them in a wheelchair."),
        (640, 400),
    ),
    "challenges": Drawing(
        _("The challenges"),
        _("People of all ages on the steps of a rising line, with houses close together behind them."),
        (640, 400),
    ),
    "newsletter": Drawing(
        _("News on the doorstep"),
        _("A letter comes through the door of a terraced house while a neighbour reads hers."),
        (640, 400),
    ),
    "ideas": Drawing(
        _("Have your say"),
        _("Four people talk; their speech bubbles hold a light bulb, a heart, a question and a leaf."),
        (640, 400),
    ),
    "integrated-care": Drawing(
        _("Care that joins up"),
        _("A nurse, a care worker and a volunteer stand around an older man at his own front door."),
        (640, 400),
    ),
    "vanguard": Drawing(
        _("The Vanguard years"),
        _("People lay the last bricks of a bridge over the canal, and others already cross it."),
        (640, 400),
    ),
    "lost": Drawing(
        _("Lost"),
        _("A person with a map at a crossing of the towpath, with signs pointing both ways."),
        (640, 400),
    ),
}

CHOICES: list[tuple[str, Promise]] = [(name, drawing.label) for name, drawing in DRAWINGS.items()]


def drawing_choices() -> list[tuple[str, Promise]]:
    """The same as a function, so that a new drawing changes no migration."""
    return CHOICES
