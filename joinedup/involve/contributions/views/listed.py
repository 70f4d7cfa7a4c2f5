"""Which list someone came from, so that they get back to it, and to what stands next in it."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from joinedup.involve.contributions.forms.answering import FilterForm
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.contribution import ContributionQuerySet

LONGEST_BACK = 600  # characters of a filter worth carrying
_KEPT = (*FilterForm.base_fields, "page")


def _waits(asked: dict[str, Any]) -> bool:
    """Whether the list is of what waits for an answer, and so in the order it is owed."""
    return asked.get("state", "") in ("", *Contribution.OPEN) and not asked.get("undelivered")


def chosen(user: Any, form: FilterForm) -> ContributionQuerySet:
    """The contributions that the filter asks for, out of those the user may see."""
    rows = Contribution.objects.for_user(user)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    state = asked.get("state", "")
    if asked.get("undelivered"):
        rows = rows.undelivered()
    elif state in Contribution.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.open()
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("organisation"):
        rows = rows.filter(organisation=asked["organisation"])
    if asked.get("late"):
        rows = rows.late(timezone.localdate())
    if asked.get("mine"):
        rows = rows.filter(assigned_to=user.pk)
    if asked.get("q"):
        rows = rows.searching(asked["q"].strip(), by=user)
    return rows.soonest_first() if _waits(asked) else rows.newest_first()


def _back(request: HttpRequest) -> QueryDict | None:
    """The filter someone came with, of fields we know and nothing else; None when they came otherwise."""
    typed = request.GET.get("back")
    if typed is None or len(typed) > LONGEST_BACK:
        return None
    kept = QueryDict(mutable=True)
    try:
        given = QueryDict(typed)
    except ValueError:  # more fields than any filter has
        return None
    for name in _KEPT:
        if given.get(name):
            kept[name] = given[name]
    return kept


def carried(request: HttpRequest) -> str:
    """What stands behind the address of a contribution's pages, so that the way back is not lost."""
    back = _back(request)
    return "" if back is None else f"?{urlencode({'back': back.urlencode()})}"


def detail_href(request: HttpRequest, contribution: Contribution) -> str:
    """The page of a contribution, with the way back to the list."""
    page = reverse("workspace_contributions:detail", args=[contribution.reference])
    return page + carried(request)


def back_href(request: HttpRequest) -> str:
    """The list someone came from: always our own list, with at most a filter behind it."""
    back = _back(request)
    return reverse("workspace_contributions:list") + (f"?{back.urlencode()}" if back else "")


def next_in_list(request: HttpRequest, contribution: Contribution) -> Contribution | None:
    """What stands behind this one in the list someone came from, or else first in it."""
    back = _back(request)
    if back is None:
        return None
    form = FilterForm(back)
    rows = chosen(request.user, form).exclude(pk=contribution.pk)
    waits = _waits(form.cleaned_data if form.is_valid() else {})
    behind = rows.soonest_after(contribution) if waits else rows.newest_after(contribution)
    return behind.first() or rows.first()
