"""The workspace's screens for pages: what waits, what is due, what broke, where old addresses lead."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.contrib.redirects.models import Redirect

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission
from joinedup.inform.pages import access, address_actions, after_actions
from joinedup.inform.pages.forms import (
    MoveForm,
    RedirectForm,
    ReviewForm,
    SendBackForm,
    TakeDownForm,
    add_faults,
)
from joinedup.inform.pages.jobs import check_links
from joinedup.inform.pages.models import BrokenLink, Gone, PageCount, PageReview

_edits = requires(Permission.PAGE_EDIT)


def _waiting_for(user: Any) -> list[dict[str, Any]]:
    """What waits, and whether this person may decide about it."""
    return [
        {
            "state": state,
            "title": state.revision.object_str,
            "author": state.revision.user,
            "is_own": user.pk in state.own_people,
        }
        for state in access.waiting()
    ]


@_edits
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What needs an editor today."""
    today = timezone.localdate()
    context = {
        "waiting": _waiting_for(request.user),
        "to_go_out": access.to_go_out(),
        "due": PageReview.objects.due_by(today).count(),
        "broken": BrokenLink.objects.count(),
        "redirects": Redirect.objects.count(),
        "gone": Gone.objects.count(),
        "read": PageCount.objects.filter(day__gte=today.replace(day=1)).aggregate(n=Sum("count"))["n"] or 0,
    }
    return render(request, "pages/workspace/overview.html", context)


@_edits
@require_http_methods(["GET", "POST"])
def waiting_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One version that waits: read it, then say that it is right or send it back."""
    state = access.waiting_for(request.user, Permission.PAGE_EDIT, pk=pk)
    sends_back = request.method == "POST" and request.POST.get("decision") == "back"
    form = SendBackForm(request.POST if sends_back else None)
    by: Any = request.user
    if sends_back and form.is_valid():
        after_actions.send_back(state=state, reason=form.cleaned_data["reason"], by=by)
        deliver_soon()
        messages.success(request, _("Sent back. Your colleague gets an email with your words."))
        return redirect("pages:overview")
    if request.method == "POST" and not sends_back:
        after_actions.approve(state=state, by=by)
        deliver_soon()
        page = state.revision.content_object
        page.refresh_from_db()
        is_out = page.live and page.live_revision_id == state.revision_id
        messages.success(
            request, _("It is public now.") if is_out else _("Approved. It goes out when its time comes.")
        )
        return redirect("pages:overview")
    page = state.revision.content_object
    context = {
        "state": state,
        "page_title": state.revision.object_str,
        "page": page,
        "is_own": not state.may_be_judged_by(request.user),
        "is_changed": not state.is_unchanged,
        "form": form,
        "go_live_at": state.revision.as_object().go_live_at,
    }
    return render(request, "pages/workspace/waiting.html", context)


@_edits
@require_POST
def stop_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an approved version from going out at its hour."""
    page = access.page_for(request.user, Permission.PAGE_EDIT, pk=pk)
    after_actions.stop_release(page=page, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Stopped. It goes out only when it is sent in and approved again."))
    return redirect("pages:overview")


@_edits
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Pages by the day on which someone should look at them again."""
    rows = PageReview.objects.of_live_pages().order_by("review_on", "page__title", "pk")
    context = {"rows": rows, "today": timezone.localdate()}
    return render(request, "pages/workspace/due.html", context)


def _review(request: HttpRequest, pk: int) -> PageReview:
    page = access.page_for(request.user, Permission.PAGE_EDIT, pk=pk)
    return get_object_or_404(PageReview.objects.of_live_pages(), page_id=page.pk)


@_edits
@require_POST
def still_right(request: HttpRequest, pk: int) -> HttpResponse:
    """The button "This is still right"."""
    review = after_actions.still_right(review=_review(request, pk), by=request.user)  # type: ignore[arg-type]
    words = _("Noted. “%(page)s” is due again on %(day)s.")
    day = f"{review.review_on:%-d %B %Y}"
    messages.success(request, words % {"page": review.page.title, "day": day})
    return redirect("pages:due")


@_edits
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looks after a page, how often, and when next."""
    row = _review(request, pk)
    start = {"owner": row.owner_id, "every_months": row.every_months, "review_on": row.review_on}
    form = ReviewForm(request.POST or None, people=access.editors(), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            after_actions.set_review(review=row, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as fault:
            add_faults(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("pages:due")
    return render(request, "pages/workspace/review.html", {"form": form, "row": row})


@_edits
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a page down, and say where people should go instead."""
    page = access.page_for(request.user, Permission.PAGE_EDIT, pk=pk)
    if not page.live:
        raise Http404
    form = TakeDownForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        said = {"with_below": False, **form.cleaned_data}
        try:
            gone = after_actions.take_down(page=page, by=request.user, **said)  # type: ignore[arg-type]
        except ValidationError as fault:
            add_faults(form, fault)
        else:
            messages.success(request, _("Taken down: %(paths)s") % {"paths": ", ".join(gone)})
            return redirect("pages:addresses")
    below = page.get_descendants().live()
    return render(request, "pages/workspace/take_down.html", {"form": form, "page": page, "below": below})


@_edits
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a page elsewhere in the tree."""
    page = access.page_for(request.user, Permission.PAGE_EDIT, pk=pk)
    form = MoveForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        first = form.cleaned_data["place"] == "first"
        try:
            after_actions.move_page(
                page=page,
                parent=form.cleaned_data["parent"],
                is_first=first,
                by=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as fault:
            add_faults(form, fault)
        else:
            messages.success(request, _("Moved. The old address leads to the new one."))
            return redirect("wagtailadmin_explore", form.cleaned_data["parent"].pk)
    return render(request, "pages/workspace/move.html", {"form": form, "page": page})


@_edits
@require_GET
def broken(request: HttpRequest) -> HttpResponse:
    """Links that lead nowhere."""
    rows = BrokenLink.objects.select_related("page")
    context = {"rows": rows, "checked_at": access.links_checked_at()}
    return render(request, "pages/workspace/broken.html", context)


@_edits
@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Ask the worker to check all links."""
    check_links.enqueue()
    messages.success(request, _("The check has begun. Look again in a minute or two."))
    return redirect("pages:broken")


@_edits
@require_http_methods(["GET", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """Old addresses: those that lead on, and those of pages that are gone."""
    form = RedirectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            address_actions.add_redirect(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as fault:
            add_faults(form, fault)
        else:
            messages.success(request, _("Saved. The old address leads on from now."))
            return redirect("pages:addresses")
    context = {
        "form": form,
        "redirects": Redirect.objects.select_related("redirect_page").order_by("old_path"),
        "gone": Gone.objects.select_related("see_page"),
    }
    return render(request, "pages/workspace/addresses.html", context)


@_edits
@require_POST
def remove_redirect(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an old address lead nowhere."""
    row = get_object_or_404(Redirect, pk=pk)
    address_actions.remove_redirect(redirect=row, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Removed."))
    return redirect("pages:addresses")
