"""An export as plain text, for someone who reads it rather than loads it."""

from typing import Any


def as_text(document: dict[str, Any]) -> str:
    """The document of `actions.export`, line by line."""
    lines = [
        f"What {document['from']} holds about you",
        "",
        f"Asked for: {document['asked_for']}",
        f"Made: {document['made_at']}",
        "",
    ]
    if not document["held"]:
        lines.append("We hold nothing under this address, number or reference.")
    for part in document["held"]:
        lines += [part["what"], "=" * len(part["what"]), ""]
        for entry in part["entries"]:
            lines += [*_lines(entry, ""), ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(value: Any, indent: str) -> list[str]:
    if isinstance(value, dict):
        found = []
        for label, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                found += [f"{indent}{label}:", *_lines(inner, indent + "  ")]
            elif inner not in ("", None, [], {}):
                found += [f"{indent}{label}: {_said(inner, indent)}"]
        return found
    if isinstance(value, list):
        return [line for inner in value for line in (*_lines(inner, indent), *_gap(inner))]
    return [f"{indent}- {_said(value, indent)}"]


def _gap(inner: Any) -> list[str]:
    return [""] if isinstance(inner, dict) else []


def _said(value: Any, indent: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("\n", f"\n{indent}    ")
