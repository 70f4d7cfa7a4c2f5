"""Which things of a site each address with arguments is about: the keys, from the database.

A stem is the beginning of a route's pattern up to and with its last argument. A route that is added under
a stem written here is taken up by itself; any other one has to be written here first, or a test names it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.thread import verdict_links
from joinedup.foundation.thread.models import Link, Telling, Told
from joinedup.govern.meetings.models import Action, AgendaItem, Board, Decision, Meeting
from joinedup.govern.outcomes.models import Measure, Rebase
from joinedup.govern.programmes.models import Programme, Project, Source
from joinedup.govern.programmes.views.workspace import OWNERS, PARTS
from joinedup.govern.spend.models import Budget, PartnerShare
from joinedup.involve.cases.models import Case, CaseAnswer, Merge, Part
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories.models import Story
from joinedup.involve.themes.models import Theme

Rows = Callable[[], Iterable[tuple[Any, ...]]]
CASE = "workspace/cases/<str:reference>"
PROGRAMMES = "workspace/programmes"
THREAD = "workspace/what-came-of-it"


def _each(model: Any, *names: str) -> Rows:
    return lambda: model._default_manager.order_by("pk").values_list(*(names or ("pk",)))


def _organisations() -> Iterable[tuple[str]]:
    """Two of them: the pages of all are alike, and say nothing of what people said."""
    return Organisation.objects.order_by("pk").values_list("slug")[:2]


def _parts_of(owner: str) -> Rows:
    """Each programme or project with each kind of thing that can be added to it."""
    rows = OWNERS[owner]._default_manager
    return lambda: [(pk, part) for pk in rows.values_list("pk", flat=True) for part in PARTS]


def _parts() -> Iterable[tuple[str, int]]:
    for part, model in PARTS.items():
        yield from ((part, pk) for pk in model._default_manager.values_list("pk", flat=True))


def _ends() -> Iterable[tuple[str, int]]:
    """Everything that stands in the thread."""
    starts = Link.objects.values_list("start_kind", "start_key")
    return sorted(set(starts) | set(Link.objects.values_list("end_kind", "end_key")))


KEYS: dict[str, Rows] = {
    "workspace/contributions/<str:reference>": _each(Contribution, "reference"),
    "workspace/triage/<str:reference>": _each(Contribution, "reference"),
    "workspace/stories/<str:reference>": _each(Contribution, "reference"),
    "workspace/cases/of/<str:reference>": _each(Contribution, "reference"),
    CASE: _each(Case, "reference"),
    f"{CASE}/merge/<int:pk>": _each(Merge, "target__reference", "pk"),
    f"{CASE}/parts/<int:pk>": _each(Part, "case__reference", "pk"),
    f"{CASE}/answer/<int:number>": _each(CaseAnswer, "case__reference", "number"),
    f"{CASE}/answer/<int:number>/<int:organisation>": _each(
        Part, "case__reference", "case__answers__number", "organisation"
    ),
    "workspace/themes/<int:pk>": _each(Theme),
    f"{THREAD}/<str:kind>/<int:key>": _ends,
    f"{THREAD}/<str:kind>/<int:key>/untie/<int:pk>": _each(Link, "start_kind", "start_key", "pk"),
    f"{THREAD}/<str:kind>/<int:key>/late/<int:pk>": _each(Telling, "about_kind", "about_key", "pk"),
    f"{THREAD}/tell/<int:pk>": _each(Telling),
    f"{THREAD}/told/<int:pk>": _each(Told),
    "workspace/meetings/<int:pk>": _each(Meeting),
    "workspace/meetings/boards/<int:pk>": _each(Board),
    "workspace/meetings/items/<int:pk>": _each(AgendaItem),
    "workspace/meetings/decisions/<int:pk>": _each(Decision),
    "workspace/meetings/actions/<int:pk>": _each(Action),
    "workspace/measures/<slug:slug>": _each(Measure, "slug"),
    "workspace/measures/<slug:slug>/limits/<int:pk>": _each(Rebase, "measure__slug", "pk"),
    f"{PROGRAMMES}/<int:pk>": _each(Programme),
    f"{PROGRAMMES}/<int:pk>/add/<slug:part>": _parts_of("programme"),
    f"{PROGRAMMES}/projects/<int:pk>": _each(Project),
    f"{PROGRAMMES}/projects/<int:pk>/add/<slug:part>": _parts_of("project"),
    f"{PROGRAMMES}/parts/<slug:part>/<int:pk>": _parts,
    f"{PROGRAMMES}/sources/<int:pk>": _each(Source),
    "workspace/spend/<int:pk>": _each(Budget),
    "workspace/spend/shares/<int:pk>": _each(PartnerShare),
    "workspace/messages/<uuid:pk>": _each(Message),
    "workspace/organisations/<slug:slug>": _organisations,
    "workspace/staff/<int:pk>": _each(User),
    # Pages for everyone.
    "about/partnership/<slug:slug>": _organisations,
    "measures/<slug:slug>": _each(Measure, "slug"),
    "meetings/<slug:slug>": _each(Board, "slug"),
    "meetings/<slug:slug>/<slug:day>": _each(Meeting, "board__slug", "held_on"),
    "programmes/<slug:slug>": _each(Programme, "slug"),
    "programmes/<slug:slug>/<slug:project>": _each(Project, "programme__slug", "slug"),
    "stories/<slug:slug>": _each(Story, "slug"),
    "what-we-did/<slug:slug>": _each(Theme, "slug"),
}

# Stems, and pages without arguments, that are left out, and why.
NOT_OF_A_VOICE = {
    "workspace/contributions/brought-in/<int:pk>": "a file of cards; tried in involve/contributions",
    "workspace/events/<int:pk>": "events and who comes to them; tried in inform/news",
    "workspace/events/<int:pk>/told/<uuid:sign_up>": "as above",
    "workspace/events/<int:pk>/withdraw/<uuid:sign_up>": "as above",
    "workspace/pages/<int:pk>": "pages of the page editor; tried in inform/pages",
    "workspace/pages/waiting/<int:pk>": "as above",
    "workspace/pages/addresses/<int:pk>": "as above",
    "workspace/organisations/memberships/<int:pk>": "public facts about organisations, none about people",
    "account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "the address is the secret",
    "account/invitation/<str:secret>": "the address is the secret",
    "events/your-place/<str:token>": "the address is the secret",
    "newsletter/confirm/<str:token>": "the address is the secret",
    "newsletter/leave/<str:token>": "the address is the secret",
    "newsletter/preferences/<str:token>": "the address is the secret",
    "newsletter/thank-you/<str:token>": "the address is the secret",
    "what-we-did/your-word/<str:token>": "the address is the secret; a test below reads it",
    "outbox/": "the demonstration's mailbox; on a real site there is no such address",
    "outbox/<uuid:pk>": "the demonstration's mailbox; on a real site there is no such address",
    "animations/captions/<int:page_id>/<slug:language>": "pages of the page editor",
    "events/<slug:slug>": "events",
    "my-area/<slug:key>": "areas, drawn from a file",
    "media/animations/<str:name>": "files",
    r"^media/(?P<path>(?:images|logos)/\w[\w.-]{0,199})$": "files",
    "news/feed/<slug:by>/<slug:key>": "news, written in the page editor",
    r"^((?:[\w\-]+/)*)$": "pages of the page editor",
}


def is_of_a_voice(stem: str) -> bool:
    """Whether it is about what one person said, and named by its reference."""
    return stem.endswith("<str:reference>") and stem != CASE


def passes() -> list[str]:
    """The addresses that only whoever was told knows."""
    return [verdict_links.path_for(told) for told in Told.objects.order_by("pk")]
