"""What import-linter cannot see: foreign keys named by strings, and templates that use one another."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Model

from joinedup.config.environment import ROOT

FOUNDATION = [
    "permissions",
    "freshness",
    "findable",
    "panels",
    "page_versions",
    "promises",
    "doors",
    "audit",
    "dataprotection",
    "organisations",
    "identity",
    "places",
    "messages",
    "delivery",
    "worklist",
    "numbers",
    "thread",
]
_USES = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']")


def floor(module: str) -> tuple[int, int, str]:
    """Where a module stands: floor, place within the foundation, and its area if it is one of the four."""
    parts = module.split(".")
    area = parts[1] if len(parts) > 1 else ""
    if area in ("design", "gateways"):
        return 0, 0, ""
    if area == "foundation":
        return 1, FOUNDATION.index(parts[2]), ""
    if area == "directory":
        return 2, 0, ""
    return (4, 0, "") if area == "config" else (3, 0, area)


def may_use(user: str, used: str) -> bool:
    """Whether a thing of module `user` may point at a thing of module `used`."""
    (floor_user, place_user, area_user), (floor_used, place_used, area_used) = floor(user), floor(used)
    if floor_user == floor_used == 3:
        return area_user == area_used
    return (floor_user, place_user) >= (floor_used, place_used)


def relation_faults(models: Iterable[type[Model]] | None = None) -> list[str]:
    """Relations between models of ours that point up, or across to another area."""
    said = []
    for model in models if models is not None else apps.get_models(include_auto_created=True):
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model
            if not isinstance(target, type) or not model.__module__.startswith("joinedup."):
                continue
            if target.__module__.startswith("joinedup.") and not may_use(model.__module__, target.__module__):
                said.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    return said


def templates() -> Iterator[tuple[str, Path]]:
    """Every template of ours, with the module it stands in."""
    for path in sorted((ROOT / "joinedup").rglob("templates/**/*")):
        if path.is_file():
            parts = path.relative_to(ROOT).parts
            yield ".".join(parts[: parts.index("templates")]), path


def template_faults() -> list[str]:
    """Templates that include or extend one from above, or from another area."""
    home: dict[str, str] = {}
    for module, path in templates():
        parts = path.relative_to(ROOT).parts
        home["/".join(parts[parts.index("templates") + 1 :])] = module
    said = []
    for module, path in templates():
        for used in _USES.findall(path.read_text(encoding="utf-8")):
            if used in home and not may_use(module, home[used]):
                said.append(f"{path.relative_to(ROOT)} uses {used}")
    return said
