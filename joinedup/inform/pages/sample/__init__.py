"""The texts the platform brings along, one TOML file a page, and putting them in place."""

import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from joinedup.foundation.permissions import Actor
from joinedup.inform.pages.actions import open_site, put_page, put_translation
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


# What there is in other languages: the same file in a folder named after the language.
TRANSLATED: list[tuple[str, type[Page]]] = [("home", HomePage)]


def read(name: str) -> dict[str, Any]:
    """One file of texts."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _value(item: dict[str, Any]) -> Any:
    """A block's fields; a panel has one value, its key."""
    return item.get("value", {key: value for key, value in item.items() if key != "type"})


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
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
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
    return added + _load_translations(placed, by=by)


def _load_translations(placed: dict[str, Page], *, by: Actor) -> int:
    """Put in place what there is in the other languages of the site; returns how many pages were added."""
    added = 0
    for language, _label in settings.LANGUAGES:
        for name, model in TRANSLATED:
            file = f"{language}/{name}"
            locale = Q(locale__language_code=language)
            if not (FOLDER / f"{file}.toml").exists() or placed[name].get_translations().filter(locale):
                continue
            page = build(model, read(file))
            put_translation(page=page, original=placed[name], language=language, by=by)
            added += 1
    return added
