"""Invented themes for the demonstration, made through the actions."""

import tomllib
from pathlib import Path
from typing import Any

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.sample import organisations
from joinedup.involve.themes import actions
from joinedup.involve.themes.models import Theme


def read() -> list[dict[str, Any]]:
    """The themes of the file beside this one."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["theme"]
    return found


def load(*, by: Actor) -> dict[str, Theme]:
    """Put the themes in place, once; all of them by their keys."""
    who = organisations()
    return {row["key"]: _loaded(row, who, by) for row in read()}


def _loaded(row: dict[str, Any], who: dict[str, Organisation | None], by: Actor) -> Theme:
    known = Theme.objects.filter(name=row["name"]).first()
    if known is not None:
        return known
    fields = {name: value for name, value in row.items() if name not in ("key", "organisation")}
    organisation = who.get(row["organisation"])
    return actions.add(theme=Theme(organisation=organisation, is_sample=True, **fields), by=by)
