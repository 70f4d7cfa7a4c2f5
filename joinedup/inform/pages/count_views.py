"""How often pages were read: a month beside the one before it, as a page with bars and as CSV."""

import csv
import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from wagtail.models import Page

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission
from joinedup.inform.pages.models import PageCount
from joinedup.inform.pages.upkeep import MONTHS_COUNTED, months_after, path_of


@dataclass(frozen=True)
class Row:
    """One address with its readings; `bar` is its share of the most read, of 100."""

    path: str
    title: str
    times: int
    before: int
    bar: int


def _month(request: HttpRequest) -> datetime.date:
    """The first day of the month asked for, this month without one; Http404 for what is none or not kept."""
    this = timezone.localdate().replace(day=1)
    asked = request.GET.get("month", "")
    if not asked:
        return this
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", asked, re.ASCII)
    if found is None:
        raise Http404
    month = datetime.date(int(found[1]), int(found[2]), 1)
    if not months_after(this, -MONTHS_COUNTED) <= month <= this:
        raise Http404
    return month


def _rows(month: datetime.date) -> list[Row]:
    now, before = PageCount.objects.of_month(month), PageCount.objects.of_month(months_after(month, -1))
    titles = {path_of(page): page.title for page in Page.objects.filter(depth__gt=1).select_related("locale")}
    most = max(now.values(), default=0)
    paths = sorted({*now, *before}, key=lambda path: (-now.get(path, 0), path))
    return [
        Row(
            path=path,
            title=titles.get(path, ""),
            times=now.get(path, 0),
            before=before.get(path, 0),
            bar=round(100 * now.get(path, 0) / most) if most else 0,
        )
        for path in paths
    ]


@requires(Permission.PAGE_EDIT)
@require_GET
def read(request: HttpRequest) -> HttpResponse:
    """The most read pages of a month."""
    month = _month(request)
    rows = _rows(month)
    this = timezone.localdate().replace(day=1)
    context: dict[str, Any] = {
        "month": month,
        "month_before": months_after(month, -1),
        "month_after": months_after(month, 1) if month < this else None,
        "is_oldest": month == months_after(this, -MONTHS_COUNTED),
        "rows": rows,
        "total": sum(row.times for row in rows),
        "total_before": sum(row.before for row in rows),
    }
    return render(request, "pages/workspace/read.html", context)


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


@requires(Permission.PAGE_EDIT)
@require_GET
def read_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV (RFC 4180, UTF-8)."""
    month = _month(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="pages-read-{month:%Y-%m}.csv"'
    writer = csv.writer(response)
    writer.writerow(["address", "title", f"{month:%Y-%m}", f"{months_after(month, -1):%Y-%m}"])
    writer.writerows([_cell(row.path), _cell(row.title), row.times, row.before] for row in _rows(month))
    return response
