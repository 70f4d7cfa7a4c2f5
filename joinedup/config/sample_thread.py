"""The sample's whole threads: what people said, through the areas, to what changed. All of it is invented.

Areas know nothing of each other, so what ties them is told here, above them all.
"""

import datetime
from itertools import cycle

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.permissions import Actor
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.hearing import say
from joinedup.foundation.thread.actions.offering import reached
from joinedup.foundation.thread.actions.telling import carry_on, decline, tell
from joinedup.foundation.thread.models import Link, Telling, Told
from joinedup.foundation.thread.plugs import End
from joinedup.govern.meetings import sample as meetings
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.programmes.sample import invented
from joinedup.govern.spend import sample as spend
from joinedup.involve.cases import sample as cases
from joinedup.involve.sorting import sample as sorting
from joinedup.involve.stories import sample as stories
from joinedup.involve.themes import sample as themes

DECISION, PROJECT = "govern_meetings.decision", "govern_programmes.project"
BUDGET, MEASURE = "govern_spend.budget", "govern_outcomes.measure"
# Which measure shows whether it changed: real figures, of a whole trust.
MEASURES = {"going-home": "well-enough-to-leave", "waiting": "seen-within-four-hours"}
# What people were told, of the last news of each thread.
NEWS = {
    "going-home": (
        "Sample: You told us about coming home from hospital. Since November 2024 two wards give everyone one"
        " sheet that says who comes, when, and whom to ring. Has it changed for you?"
    ),
    "waiting": (
        "Sample: You told us about waiting in A&E. Since January 2025 there are three screens that say how"
        " long it takes, and one person in each shift who tells you. Has it changed for you?"
    ),
}
SAYS = (Told.Verdict.CONFIRMED, Told.Verdict.CONFIRMED, Told.Verdict.DISPUTED, None)


@transaction.atomic
def load(*, by: Actor) -> None:
    """Put themes, voices, cases, boards, projects and money in place, and tie them; twice is as once."""
    kept = themes.load(by=by)
    voices = sorting.load(themes=kept, by=by)
    stories.load(voices=voices, by=by)
    cases.load(voices=voices, themes=kept, by=by)
    decisions = meetings.load(by=by, themes={key: theme.end for key, theme in kept.items()})
    projects = invented.load(by=by)
    budgets = spend.load(by=by, projects=projects)
    if Link.objects.filter(end_kind=PROJECT).exists():
        return
    for key, decision in decisions.items():
        if key not in projects:
            continue
        project = projects[key]
        begun = _tied((DECISION, decision.pk), (PROJECT, project.pk), project.began_on, by)
        if key in budgets:
            _tied((PROJECT, project.pk), (BUDGET, budgets[key].pk), begun, by)
        measure = Measure.objects.filter(slug=MEASURES.get(key, "")).first()
        if measure is not None:
            _tied((PROJECT, project.pk), (MEASURE, measure.pk), begun, by)
            _news(key, (PROJECT, project.pk), by)
    _settle(by)


def _tied(start: End, end: End, on: datetime.date | None, by: Actor) -> datetime.date:
    day = min(on or timezone.localdate(), timezone.localdate())
    tie(start=start, end=end, on=day, by=by)
    return day


def _news(key: str, about: End, by: Actor) -> None:
    """Tell everyone that it was done; some say that it changed, some that it has not."""
    telling = reached(about=about, occasion=f"sample-{key}", by=by)
    if telling is None:
        return
    tell(telling=telling, text=NEWS[key], by=by)
    carry_on(by=by)
    told = Told.objects.filter(telling=telling, told_on__isnull=False).order_by("pk")
    for row, word in zip(told, cycle(SAYS), strict=False):
        if word is not None:
            say(told=row, verdict=word)


def _settle(by: Actor) -> None:
    """Of the links only the latest decision stays to be told of, so that the worklist shows one."""
    offered = Telling.objects.offered().order_by("-link__on", "-pk")
    for telling in offered[1:]:
        decline(telling=telling, why="Sample: told with the news of what was done.", by=by)
