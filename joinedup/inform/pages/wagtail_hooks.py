"""The page editor's menu: what is done elsewhere leads there, what nobody may use is left out."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from joinedup.inform.pages.models import SecondPersonState


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def workspace_link() -> MenuItem:
    """The way back to the workspace, where organisations and everything else are changed."""
    return MenuItem(_("Workspace"), "/workspace/", icon_name="home", order=10)


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def organisations_link() -> MenuItem:
    """Organisations are changed by actions, in the workspace."""
    return MenuItem(_("Organisations"), "/workspace/organisations/", icon_name="group", order=900)


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def leave_out(request: HttpRequest, menu_items: list[Any]) -> None:
    """Drop Wagtail's own help, which leads outside."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def due_report() -> MenuItem:
    """Pages due for review, among the editor's reports."""
    return MenuItem(_("Pages due for review"), reverse("pages:due"), icon_name="calendar-check", order=50)


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def links_report() -> MenuItem:
    """Broken links, among the editor's reports."""
    return MenuItem(_("Broken links"), reverse("pages:broken"), icon_name="link", order=60)


@hooks.register("register_reports_menu_item")  # type: ignore[untyped-decorator]
def read_report() -> MenuItem:
    """How often pages are read, among the editor's reports."""
    return MenuItem(_("How often pages are read"), reverse("pages:read"), icon_name="view", order=70)


def _buttons(page: Any) -> Iterator[Button]:
    """What is done to a page in the workspace, because one person may do it."""
    if page.depth > 2:
        yield Button(
            _("Move or reorder"), reverse("pages:move", args=[page.pk]), icon_name="arrow-right-full"
        )
        if page.live:
            yield Button(_("Take down"), reverse("pages:take-down", args=[page.pk]), icon_name="download")


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]
def header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """At the top of a page."""
    yield from _buttons(page)


@hooks.register("register_page_listing_more_buttons")  # type: ignore[untyped-decorator]
def listing_buttons(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Beside a page in a list."""
    yield from _buttons(page)


class DecideItem(ActionMenuItem):  # type: ignore[misc]
    """Leads from a page that waits to the screen where a second person decides."""

    name = "action-decide"
    label = _("Read and decide")
    icon_name = "check"

    def get_url(self, parent_context: Mapping[str, Any]) -> str:
        """That screen for the version that waits."""
        return reverse("pages:waiting-one", args=[parent_context["page"].current_workflow_task_state.pk])


@hooks.register("construct_page_action_menu")  # type: ignore[untyped-decorator]
def decide(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A page that waits offers its decision first, to those who may decide."""
    page = context.get("page")
    state = page.current_workflow_task_state if page is not None else None
    if isinstance(state, SecondPersonState) and state.may_be_judged_by(request.user):
        menu_items.insert(0, DecideItem())
