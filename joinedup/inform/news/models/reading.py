"""What all pages of news and events share: quick to read, because everyone may."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

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


class ListPage(RoutablePageMixin, ReadablePage):  # type: ignore[misc]
    """A page that lists the pages under it, in whole and in part.

    Abstract; see NewsIndexPage and EventIndexPage.
    """

    content_panels = (
        *ReadablePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("drawing"),
        FieldPanel("body"),
    )
    needs_review: ClassVar[bool] = False  # what is listed changes by itself
    parent_page_types: ClassVar[list[str]] = ["inform_pages.HomePage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def listed(self) -> PageQuerySet:
        """The pages under this one that anyone may read, with what their own pages show fetched along."""
        raise NotImplementedError

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page under this one in one query, where the tree alone would take two and more."""
        if len(path_components) == 1:
            child = self.listed().filter(slug=path_components[0]).first()
            if child is not None:
                child._cached_parent_obj = self  # as Wagtail does, so that nobody asks for it again
                return RouteResult(child)
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `base`, this page's own address, and the way back to it from a narrower list."""
        context = super().get_context(request, *args, **kwargs)
        context["base"] = self.get_url(request)
        if request.path != context["base"] or request.GET:
            context["crumbs"].append({"label": self.title, "href": context["base"]})
        return context
