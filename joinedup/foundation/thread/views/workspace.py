"""Where staff tie things together, tell people what came of it, and answer those who dispute it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.foundation.thread import access, ledger, plugs
from joinedup.foundation.thread.actions import tie, untie
from joinedup.foundation.thread.actions.hearing import reply
from joinedup.foundation.thread.actions.telling import (
    Decided,
    audience,
    decline,
    latecomers,
    mark_told,
    reach_of,
    tell,
    tell_latecomers,
)
from joinedup.foundation.thread.chains import onwards
from joinedup.foundation.thread.forms import DeclineForm, MarkForm, ReplyForm, TellForm, TieForm
from joinedup.foundation.thread.jobs import tell_soon
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import End, Form, Part

SHOWN = 100


@requires(Permission.THREAD_TELL)
def listing(request: HttpRequest) -> HttpResponse:
    """What waits: news to tell or not, people to ring or write to, people who say it has not changed."""
    offered = list(Telling.objects.offered().select_related("link").order_by("offered_at")[:SHOWN])
    by_hand = Told.objects.waiting().exclude(form=Form.EMAIL).select_related("telling")
    waiting = list(by_hand.order_by("telling__decided_at", "pk")[:SHOWN])
    waiting = [row for row in waiting if access.may_read_voice(request.user, row.voice_kind)]
    disputed = list(Told.objects.disputed().select_related("telling").order_by("verdict_on", "pk")[:SHOWN])
    things = plugs.things([each.about for each in (*offered, *(row.telling for row in waiting + disputed))])
    reach = reach_of([row.voice for row in waiting + disputed])
    context = {
        "offered": [{"telling": each, "thing": things.get(each.about)} for each in offered],
        "waiting": [_row(request, row, things, reach) for row in waiting if _is_there(row, reach)],
        "disputed": [_row(request, row, things, reach) for row in disputed],
        "by_hand": by_hand.count(),
        "going_out": Told.objects.waiting().filter(form=Form.EMAIL).count(),
    }
    return render(request, "thread/workspace.html", context)


def _is_there(row: Told, reach: Any) -> bool:
    """Whether they can still be reached; the worker lets the others go."""
    return row.voice in reach and reach[row.voice].form is not Form.NOBODY


def _row(request: HttpRequest, row: Told, things: Any, reach: Any) -> dict[str, Any]:
    found = {"told": row, "thing": things.get(row.telling.about), "reach": reach.get(row.voice)}
    return found | {"may_read": access.may_read_voice(request.user, row.voice_kind)}


def _decided(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("Nothing was changed: someone has decided about this already."))
    return redirect("workspace_thread:list")


@requires(Permission.THREAD_TELL)
def telling(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell everyone at the start, or nobody and why."""
    row = access.telling_for(request.user, pk)
    if row.state != Telling.State.OFFERED:
        return _decided(request)
    thing = plugs.things([row.about]).get(row.about)
    declines = request.method == "POST" and request.POST.get("step") == "decline"
    form = TellForm(request.POST if request.method == "POST" and not declines else None)
    no = DeclineForm(request.POST if declines else None)
    try:
        if declines and no.is_valid():
            decline(telling=row, why=no.cleaned_data["why"], by=request.user)  # type: ignore[arg-type]
            messages.success(request, _("Nobody is told. The reason is kept."))
            return redirect("workspace_thread:list")
        if request.method == "POST" and not declines and form.is_valid():
            tell(telling=row, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
            tell_soon()
            messages.success(
                request, _("Emails go out now. Whoever wants a call or a letter is listed below.")
            )
            return redirect("workspace_thread:list")
    except Decided:
        return _decided(request)
    reach = audience(row.about)
    ways = {way: sum(each.form is way for each in reach.values()) for way in Form}
    context = {"telling": row, "thing": thing, "form": form, "decline": no, "ways": ways, "many": len(reach)}
    return render(request, "thread/tell.html", context)


@requires(Permission.THREAD_TELL)
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark that someone was rung or written to, and what they said."""
    row = access.told_for(request.user, pk)
    if row.told_on is not None or row.gone_on is not None:
        return _decided(request)
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mark_told(told=row, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Decided:
            return _decided(request)
        except ValidationError as fault:
            form.add_error("on", fault)
        else:
            messages.success(request, _("Marked. Thank you for telling them."))
            return redirect("workspace_thread:list")
    context = _row(request, row, plugs.things([row.telling.about]), reach_of([row.voice])) | {"form": form}
    return render(request, "thread/mark.html", context)


@requires(Permission.THREAD_TELL)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer someone who says that it has not changed."""
    row = access.told_for(request.user, pk)
    if not row.waits_for_reply:
        return _decided(request)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reply(told=row, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
        except ValidationError as fault:
            form.add_error("text", fault)
        else:
            messages.success(request, _("Kept. They read it at their reference."))
            return redirect("workspace_thread:list")
    context = _row(request, row, plugs.things([row.telling.about]), reach_of([row.voice])) | {"form": form}
    return render(request, "thread/reply.html", context)


@requires(Permission.THREAD_TELL)
def thing(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """One thing of a chain: what came of it so far, and what can follow."""
    end: End = (kind, key)
    found = access.thing_for(request.user, end)
    followers = access.may_follow(request.user, end)
    chosen = request.POST.get("kind", "")
    forms = []
    for each in followers:
        choices = each.choices() if each.choices is not None else {}
        is_this = request.method == "POST" and chosen == each.key
        form = TieForm(request.POST if is_this else None, choices=choices, auto_id=f"{_slug(each.key)}-%s")
        if is_this and form.is_valid() and _tied(request, end, (each.key, form.cleaned_data["thing"]), form):
            return redirect(request.path)
        forms.append({"kind": each, "form": form if choices else None, "begin": _begin(each, end)})
    context = {"thing": found, "end": end, "forms": forms, **_so_far(request, end)}
    return render(request, "thread/thing.html", context)


def _slug(key: str) -> str:
    return key.replace(".", "-").replace("_", "-")


def _begin(kind: plugs.Kind, end: End) -> str:
    return kind.begin(end) if kind.begin is not None else ""


def _tied(request: HttpRequest, start: End, end: End, form: TieForm) -> bool:
    try:
        tie(start=start, end=end, on=form.cleaned_data["on"], by=request.user)  # type: ignore[arg-type]
    except ValidationError as fault:
        form.add_error("on" if fault.code == "future" else "thing", fault)
        return False
    messages.success(request, _("Tied. If anyone stands at the start, you are asked whether to tell them."))
    return True


def _so_far(request: HttpRequest, end: End) -> dict[str, Any]:
    chain = onwards(end, only_public=False)
    rows = []
    for link in chain.links:
        kind = plugs.kind(link.end_kind)
        rows.append(
            {
                "link": link,
                "from": chain.things[link.start],
                "to": chain.things[link.end],
                "words": kind.words,
                "href": kind.part is not Part.ANSWER,
                "may_untie": may(request.user, kind.permission),
            }
        )
    return {
        "rows": rows,
        "late": [(each, many) for each in _tellings(end) if (many := len(latecomers(each)))],
    }


def _tellings(end: End) -> Iterable[Telling]:
    rows = Telling.objects.filter(about_kind=end[0], about_key=end[1]).select_related("link")
    return rows.order_by("-decided_at", "pk")[:SHOWN]


@requires(Permission.THREAD_TELL)
@require_POST
def late(request: HttpRequest, kind: str, key: int, pk: int) -> HttpResponse:
    """Tell those who came to it after it was told, in the same words."""
    access.thing_for(request.user, (kind, key))
    row = access.telling_for(request.user, pk)
    many = tell_latecomers(telling=row, by=request.user)  # type: ignore[arg-type]
    tell_soon()
    if many:
        messages.success(
            request, _("Emails go out now. Whoever wants a call or a letter is listed under What came of it.")
        )
    return redirect("workspace_thread:thing", kind=kind, key=key)


@requires(Permission.THREAD_TELL)
@require_POST
def undo(request: HttpRequest, kind: str, key: int, pk: int) -> HttpResponse:
    """Take a link back; it stays on record."""
    access.thing_for(request.user, (kind, key))
    links = onwards((kind, key), only_public=False).links
    link = next((each for each in links if each.pk == pk), None)
    if link is not None:
        untie(link=link, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Taken back. It stays on record."))
    return redirect("workspace_thread:thing", kind=kind, key=key)


@requires(Permission.ANSWERS_OWED_VIEW)
def owed(request: HttpRequest) -> HttpResponse:
    """Who owes answers, how many, how old: everyone's, or those of the person's own organisation."""
    day = timezone.localdate()
    lines = [line for line in ledger.lines(day) if may(request.user, Permission.ANSWERS_OWED_VIEW, line)]
    rows = [{"line": line, "days": line.days(day)} for line in lines]
    context = {"rows": rows, "waiting": sum(line.waiting for line in lines), "day": day}
    return render(request, "thread/ledger.html", context)
