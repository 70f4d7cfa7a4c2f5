"""The texts the platform brings along, one TOML file a page, and putting them in place."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from joinedup.foundation.permissions import Actor
from joinedup.inform.pages.actions import open_site, put_page
from joinedup.inform.pages.models import ContentPage, EasyReadPage, HomePage, PolicyPage, WrittenPage

FOLDER = Path(__file__).parent

# The tree, in the order of the menu: file, model, file of the parent.
TREE: list[tuple[str, type[WrittenPage], str]] = [
    ("about", ContentPage, "home"),
    ("governance", ContentPage, "about"),
    ("history", ContentPage, "about"),
    ("about_easy", EasyReadPage, "about"),
    ("challenges", ContentPage, "home"),
    ("working_with_you", ContentPage, "home"),
    ("contact", ContentPage, "home"),
    ("privacy", PolicyPage, "home"),
    ("accessibility", PolicyPage, "home"),
    ("cookies", PolicyPage, "home"),
    ("terms", PolicyPage, "home"),
]
_FIELDS = ("lead", "drawing", "version", "in_force_from", "what_changed")


def read(name: str) -> dict[str, Any]:
    """One file of texts."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _value(item: dict[str, Any]) -> Any:
    """What a block holds: the rest of its table, or a single value under that name."""
    return item["value"] if set(item) == {"type", "value"} else {k: v for k, v in item.items() if k != "type"}


def build(model: type[Page], text: dict[str, Any]) -> Page:
    """The page a file describes, not saved. Raises ValidationError when a block does not fit its shape."""
    fields = {name: text[name] for name in _FIELDS if name in text and hasattr(model, name)}
    if fields.get("drawing") == "none":
        del fields["drawing"]
    page = model(
        title=text["title"],
        slug=text["slug"],
        seo_title=text.get("seo_title", ""),
        search_description=text["search_description"],
        show_in_menus=True,
        **fields,
    )
    blocks = model._meta.get_field("body").stream_block
    raw = [{"type": item["type"], "value": _value(item)} for item in text["body"]]
    page.body = blocks.clean(blocks.to_python(raw))
    return page


@transaction.atomic
def load_pages(*, by: Actor) -> int:
    """Put the pages in place; returns how many were added. Pages that exist are left as they are."""
    added = 0
    home = HomePage.objects.first()
    if home is None:
        home = open_site(home=build(HomePage, read("home")), by=by)
        added += 1
    placed: dict[str, Page] = {"home": home}
    for name, model, parent_name in TREE:
        text = read(name)
        parent = placed[parent_name]
        page = parent.get_children().filter(slug=text["slug"]).specific().first()
        if page is None:
            parent.refresh_from_db()
            page = build(model, text)
            if isinstance(page, EasyReadPage):
                page.easy_version_of = parent
            page = put_page(page=page, parent=parent, by=by)
            added += 1
        placed[name] = page
    return added
