"""An officer brings in a file of comment cards, reads what became of it, and brings it in again."""

from collections.abc import Callable

import pytest

from joinedup.config.tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser

LINES = ("key,said_on,words", "1,2026-11-01,Sample: the lift is broken.", "2,soon,Sample: more benches.")


def send(officer: Visitor, name: str) -> None:
    content = "\n".join(LINES).replace("Sample:", f"Sample {name}:").encode()
    officer.page.get_by_label("Where do these words come from?").fill(f"Sample: cards, {name}")
    officer.page.get_by_label("On paper").check()
    officer.page.get_by_label("People were told how their words are used").check()
    officer.page.get_by_label("File", exact=True).set_input_files(
        {"name": "cards.csv", "mimeType": "text/csv", "buffer": content}
    )
    officer.press("Bring in the file")


def test_a_file_comes_in_once_and_each_row_is_accounted_for(
    staff: Callable[..., Visitor], width: int
) -> None:
    officer, name = staff("officer"), f"{width} wide"
    officer.open("/workspace/contributions/")
    officer.page.get_by_role("link", name="Bring in a file (CSV)").click()
    officer.check()
    officer.press("Bring in the file")
    officer.is_told("Choose a file")
    send(officer, name)
    assert officer.says("1 row came in")
    assert officer.says("1 row was not taken")
    assert officer.says("This is not a date.")
    officer.check()
    officer.page.get_by_role("link", name="Bring in more of the same").click()
    send(officer, name)
    assert officer.says("1 row was here already")
    officer.page.get_by_role("link", name="Files brought in").first.click()
    officer.check()
    officer.page.get_by_role("link", name=f"Sample: cards, {name}").last.click()
    officer.page.get_by_role("table", name="Rows that came in").get_by_role("link").click()
    assert officer.says(f"From Sample: cards, {name}, brought in by")
    officer.check()
