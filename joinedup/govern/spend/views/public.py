"""What everyone may read of money: totals, never who was paid."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import public
from joinedup.govern.spend import reading, spreadsheet
from joinedup.govern.spend.money import total


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was agreed, what is spent and what is left, by programme and project."""
    programmes = reading.by_programme()
    context = {
        "programmes": programmes,
        "money": total(each.money for each in programmes),
        "crumbs": [{"label": _("Home"), "href": "/"}, {"label": _("Money"), "href": ""}],
    }
    return render(request, "spend/list.html", context)


@public
@require_safe
def totals_file(request: HttpRequest) -> HttpResponse:
    """The same totals as a file."""
    return HttpResponse(
        spreadsheet.written(reading.public_budgets()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="money.csv"'},
    )
