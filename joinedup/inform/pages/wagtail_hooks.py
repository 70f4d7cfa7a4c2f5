"""The page editor's menu: what is done elsewhere leads there, what nobody may use is left out."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


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
