"""The catalogues of words in the repository, read as they stand there."""

from typing import Any

import polib

from joinedup.config.environment import ROOT


def catalogue(language: str, kind: str = "po") -> Any:
    """The words of a language as the repository has them: `po`, or `mo` as Django reads it."""
    path = ROOT / "joinedup" / "locale" / language / "LC_MESSAGES" / f"django.{kind}"
    return polib.pofile(str(path)) if kind == "po" else polib.mofile(str(path))


def translated(language: str) -> set[tuple[str, str]]:
    """What the catalogue has words for, singular and plural each."""
    found = set()
    for entry in catalogue(language):
        if entry.translated():
            found |= {(entry.msgctxt or "", said) for said in (entry.msgid, entry.msgid_plural) if said}
    return found
