"""What all pages of news and events share: quick to read, because everyone may."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction

from joinedup.inform.pages.models import WrittenPage

WRITTEN = ("page_ptr", "lead", "drawing", "body")


class ReadablePage(WrittenPage):
    """A written page that asks the database for nothing it knows already.

    Abstract. These pages carry lists and counts, and a page may ask twelve things in all.
    """

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> Any:
        """None: no page of this site can be put behind a password (see `private_page_options`)."""
        return PageViewRestriction.objects.none()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `crumbs`, from the pages that were passed on the way here."""
        context: dict[str, Any] = super(WrittenPage, self).get_context(request, *args, **kwargs)
        crumbs: list[dict[str, Any]] = []
        above: Page = self
        while above.depth > 2:
            above = above.get_parent()
            label = _("Home") if above.depth == 2 else above.title
            crumbs.insert(0, {"label": label, "href": above.get_url(request)})
        context["crumbs"] = crumbs
        return context
