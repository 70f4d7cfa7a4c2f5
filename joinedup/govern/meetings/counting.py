"""How many people stand behind a thing of the thread, as it may be published."""

from django.utils.translation import gettext as _

from joinedup.foundation.numbers import disclosure
from joinedup.foundation.thread import chains


def who_spoke(end: tuple[str, int]) -> str:
    """How many voices lead there, rounded, or hidden where they are few. Each counts once."""
    voices = chains.voices_behind(end).values("start_kind", "start_key").distinct()
    return str(disclosure.shown(voices.count()))


def in_words(published: str) -> str:
    """A kept count as a sentence; empty where none was kept."""
    if not published:
        return ""
    if published == disclosure.HIDDEN:
        return _("Fewer than %(few)s people spoke about this.") % {"few": disclosure.MOST_HIDDEN + 1}
    if published == "0":
        return _("Nobody had spoken about this yet.")
    return _("About %(number)s people spoke about this.") % {"number": published}
