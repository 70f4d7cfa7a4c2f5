"""The record of processing (UK GDPR article 30), drawn up from what every model says about itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from joinedup.config.environment import ROOT
from joinedup.config.house.fields import LIBRARY_TABLES, is_ours

FILE = ROOT / "docs" / "record-of-processing.md"
_SHOWN = ("personal", "special", "secret", "pseudonym")
_HEAD = """# Record of processing

Drawn up by `manage.py processing_record --write` from the classes of every field in the code; a test
fails when it is out of date. Controller, purposes and recipients: docs/privacy.md. The classes are
explained there too. Tables in which nothing is about a person are left out.
"""


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].rstrip(".") + "."


def _ours() -> Iterator[type[Model]]:
    models = [model for model in apps.get_models() if is_ours(model)]
    yield from sorted(models, key=lambda model: str(model._meta.label_lower))


def _part(model: Any) -> Iterator[str]:
    classes: dict[str, str] = model.personal_data
    yield f"## {model._meta.label}"
    yield ""
    yield _first_sentence(model.__doc__ or "")
    yield ""
    for kind in _SHOWN:
        names = sorted(name for name, found in classes.items() if found == kind)
        if names:
            yield f"- {kind}: {', '.join(f'`{name}`' for name in names)}"
    yield f"- lawful basis: {model.lawful_basis}"
    yield f"- kept: {model.retention}"
    yield ""


def record() -> str:
    """The whole record, as Markdown."""
    lines = [_HEAD]
    for model in _ours():
        if any(kind != "none" for kind in model.personal_data.values()):  # type: ignore[attr-defined]
            lines += _part(model)
    lines += ["## Tables of libraries", "", "| table | what about people |", "|---|---|"]
    lines += [f"| `{table}` | {said} |" for table, said in sorted(LIBRARY_TABLES.items()) if said != "none"]
    return "\n".join(lines).rstrip() + "\n"


def is_up_to_date(path: Path = FILE) -> bool:
    """Whether the file says what the code says today."""
    return path.exists() and path.read_text(encoding="utf-8") == record()
