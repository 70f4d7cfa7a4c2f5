"""Who sees what of the thread in the workspace. What is public, everyone may read."""

from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import STEPS, End, Kind, Part, Thing

_VOICES = {Part.VOICE, Part.ANSWER}
LARGEST_KEY = 2**63 - 1


def telling_for(user: object, pk: int) -> Telling:
    """The telling with that key if the user may tell people; otherwise it is not found."""
    telling = Telling.objects.filter(pk=pk).select_related("link").first()
    if telling is None or not may(user, Permission.THREAD_TELL):
        raise Http404
    return telling


def told_for(user: object, pk: int) -> Told:
    """One of those told, if the user may tell people; otherwise it is not found."""
    told = Told.objects.filter(pk=pk).select_related("telling").first()
    if told is None or not may(user, Permission.THREAD_TELL):
        raise Http404
    return told


def thing_for(user: object, end: End) -> Thing:
    """A thing of the chain, for those who tell people; never a voice, which only its own area shows."""
    if not may(user, Permission.THREAD_TELL):
        raise Http404
    try:
        kind = plugs.kind(end[0])
    except KeyError:
        raise Http404 from None
    if kind.part in _VOICES or end[1] > LARGEST_KEY:
        raise Http404
    thing = plugs.things([end]).get(end)
    if thing is None:
        raise Http404
    return thing


def may_read_voice(user: object, kind: str) -> bool:
    """Whether the user works with voices of that kind: finds their words, and how to reach them."""
    known = next((each for each in plugs.kinds() if each.key == kind), None)
    return known is not None and may(user, known.permission)


def may_follow(user: object, end: End) -> list[Kind]:
    """The kinds of which this person may tie one to that thing, or begin one."""
    before = plugs.kind(end[0]).part
    return [
        kind
        for kind in plugs.kinds()
        if (before, kind.part) in STEPS
        and may(user, kind.permission)
        and (kind.choices is not None or kind.begin is not None)
    ]
