"""The site map in its forms, the files that robots read, and the notice."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joinedup.foundation.doors.entry import public, requires
from joinedup.foundation.permissions import Permission
from joinedup.inform.pages import actions
from joinedup.inform.pages.forms import NoticeForm
from joinedup.inform.pages.notices import notice_to_show
from joinedup.inform.pages.site_maps import (
    DoorSitemap,
    PageSitemap,
    ThingSitemap,
    public_pages,
    things_by_kind,
)


@public
@require_GET
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page as a list of lists, for people."""
    pages = list(public_pages(request))
    top = pages[0].depth if pages else 0
    rows = [{"title": p.title, "href": p.get_url(request), "level": p.depth - top} for p in pages]
    known = {str(row["href"]) for row in rows}
    doors = [entry for entry in settings.SITE_MAP_DOORS if entry["href"] not in known]
    things = things_by_kind(known | {str(entry["href"]) for entry in doors})
    return render(request, "pages/site_map.html", {"rows": rows, "doors": doors, "things": things})


@public
@require_GET
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """The site map as sitemaps.org has it."""
    maps: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
        "pages": PageSitemap(request),
        "doors": DoorSitemap(),
        "things": ThingSitemap(),
    }
    return sitemap_view(request, maps)


@public
@require_GET
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What robots may read: the public site, not the workspace or personal links (RFC 9309)."""
    lines = [
        "User-agent: *",
        "Disallow: /workspace/",
        "Disallow: /editor/",
        "Disallow: /account/",
        "Disallow: /have-your-say/your-reference/",
        *(f"Disallow: /{code}/have-your-say/your-reference/" for code, _l in settings.LANGUAGES[1:]),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a fault in our security (RFC 9116). Valid for half a year from each reading."""
    expires = (timezone.now() + datetime.timedelta(days=180)).replace(
        microsecond=0, second=0, minute=0, hour=0
    )
    lines = [
        f"Contact: mailto:{settings.PARTNERSHIP['email']}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@requires(Permission.NOTICE_CHANGE)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """Show a notice on every page, or see which one shows."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        actions.show_notice(
            title=words["title"],
            body=words["body"],
            link_text=words["link_text"],
            link_href=words["link_href"],
            ends_at=form.ends_at(),
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, _("The notice now shows on every page."))
        return redirect("pages:notice")
    return render(request, "pages/notice.html", {"form": form, "showing": notice_to_show()})


@requires(Permission.NOTICE_CHANGE)
@require_POST
def end_notice(request: HttpRequest) -> HttpResponse:
    """Take the notice down."""
    actions.end_notice(by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("No notice shows now."))
    return redirect("pages:notice")
