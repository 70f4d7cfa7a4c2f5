"""What the docs name exists, and what exists and matters is in the docs."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from joinedup.config.environment import ROOT

DOCS = [ROOT / "README.md", ROOT / "DEVELOPERS.md", *sorted((ROOT / "docs").rglob("*.md"))]
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_commands_named_in_the_docs_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z-]+)", text)) - TARGETS == set()
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands()) == set()


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_files_and_folders_named_in_the_docs_exist(path: Path) -> None:
    named = re.findall(r"`((?:joinedup|docs|\.ci|deploy)/[^`\s*<]*)`", path.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_links_between_the_docs_lead_somewhere(path: Path) -> None:
    links = [t for t in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")) if "://" not in t]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_setting_read_from_the_environment_is_listed_for_operators() -> None:
    files = [p for p in (ROOT / "joinedup/config").rglob("*.py") if "tests" not in p.parts]
    code = "".join(p.read_text() for p in files)
    read = set(re.findall(r'(?:env(?:\.\w+)?|required)\(\s*"([A-Z_]+)"', code))
    listed = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))
    assert read == listed


def test_every_decision_record_is_in_the_index() -> None:
    records = {p.name for p in (ROOT / "docs/adr").glob("0*.md")}
    assert records == set(re.findall(r"\]\((0[^)]+\.md)\)", (ROOT / "docs/adr/README.md").read_text()))


def test_the_readme_is_short_and_shows_the_site() -> None:
    text = (ROOT / "README.md").read_text()
    assert 30 <= text.count("\n") <= 60
    assert re.search(r"!\[[^\]]+\]\(docs/[^)]+\.png\)", text)


def test_each_dependency_says_why() -> None:
    lines = re.findall(r'^    "[a-z][^"]*",.*$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert [line for line in lines if re.search(r"[<>=]=?\d", line) and " # " not in line] == []


def test_the_lock_files_name_no_host() -> None:
    locks = [
        ROOT / name for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json", ".npmrc")
    ]
    assert [
        p.name for p in locks if "://" in re.sub(r'"(funding|url|homepage)": "[^"]*"', "", p.read_text())
    ] == []
