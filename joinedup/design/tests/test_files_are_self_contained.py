"""No file of the design floor asks anything of another host, or needs a policy looser than ours."""

import gzip
import re
from pathlib import Path

import pytest

DESIGN = Path(__file__).parents[1]
STATIC = DESIGN / "static" / "design"
TEMPLATES = sorted((DESIGN / "templates").rglob("*.html"))
STYLES = sorted([*STATIC.rglob("*.css"), *(DESIGN / "scss").glob("*.scss")])
DRAWINGS = sorted(STATIC.rglob("*.svg"))
SCRIPTS = sorted(STATIC.rglob("*.js"))

# Names of XML vocabularies look like addresses, but nothing is ever fetched from them.
VOCABULARY = "http://www.w3.org/2000/svg"


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(DESIGN)) for path in paths]


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLES, *DRAWINGS], ids=ids([*TEMPLATES, *STYLES, *DRAWINGS]))
def test_no_outside_address(path: Path) -> None:
    text = path.read_text().replace(VOCABULARY, "")
    assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", re.sub(r"^\s*//.*$", "", text, flags=re.M)) == []


# A mail carries its styles with it, since it can ask nobody for them; pages may not.
PAGES = [path for path in TEMPLATES if path.name != "mail.html"]


@pytest.mark.parametrize("path", [*PAGES, *DRAWINGS], ids=ids([*PAGES, *DRAWINGS]))
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", text, flags=re.I) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=ids(SCRIPTS))
def test_scripts_ask_nothing_of_the_network_and_name_no_map(path: Path) -> None:
    assert re.findall(r"fetch\(|XMLHttpRequest|sendBeacon|sourceMappingURL|eval\(", path.read_text()) == []


def test_every_file_the_style_sheet_names_is_there() -> None:
    css = (STATIC / "joinedup.css").read_text()
    assert "@font-face" not in css
    assert "Frutiger" not in css
    for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", css):
        assert (STATIC / address).is_file(), address


def test_the_notice_of_the_licence_travels_with_the_code() -> None:
    for name in ("joinedup.css", "nhsuk.js"):
        assert "MIT License, Copyright (c) 2019 NHS.UK" in (STATIC / name).read_text()[:300]
    assert "WITHOUT WARRANTY OF ANY KIND" in (STATIC / "nhsuk-licence.txt").read_text()


def test_files_are_small() -> None:
    assert len(gzip.compress((STATIC / "joinedup.css").read_bytes())) < 30_000
    assert len(gzip.compress((STATIC / "nhsuk.js").read_bytes())) < 20_000
    for drawing in DRAWINGS:
        assert drawing.stat().st_size < 25_000, drawing.name


def test_our_own_styles_mirror_for_right_to_left() -> None:
    one_sided = r"^\s*(?:margin|padding|border)-(?:left|right)|^\s*(?:left|right):|text-align: (?:left|right)"
    for path in (DESIGN / "scss").glob("*.scss"):
        css = "" if path.name == "_mirror.scss" else path.read_text()
        assert re.findall(one_sided, css, flags=re.M) == [], path.name


def test_what_matters_to_eyes_and_nerves_is_respected() -> None:
    css = (STATIC / "joinedup.css").read_text()
    for query in ("prefers-reduced-motion:reduce", "forced-colors:active", "@media print"):
        assert query in css.replace(": ", ":")
