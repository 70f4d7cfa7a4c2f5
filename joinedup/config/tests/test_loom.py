"""The drawing of areas and sockets is that of the real imports."""

from joinedup.config.environment import ROOT
from joinedup.config.house.loom import PICTURE, files, loom, svg
from joinedup.config.management.commands.loom import imports

JOINEDUP = ROOT / "joinedup"
FILES = [
    JOINEDUP / "involve/cases/apps.py",
    JOINEDUP / "involve/cases/thread.py",
    JOINEDUP / "govern/spend/apps.py",
]


def test_the_drawing_in_the_docs_is_of_what_stands_here():
    assert PICTURE.read_text(encoding="utf-8") == svg(loom(imports(), files())), "Run manage.py loom."


def test_the_page_on_the_architecture_shows_it():
    assert "areas.svg" in (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_a_plug_is_told_from_an_import():
    drawn = loom([("joinedup.govern.spend.actions", "joinedup.foundation.audit.actions")], FILES)
    assert drawn.plugs == {("involve", "cases", "thread")}
    assert drawn.uses == {("govern", "spend", "audit")}


def test_imports_of_tests_do_not_count():
    drawn = loom([("joinedup.govern.spend.tests.test_x", "joinedup.foundation.audit.actions")], FILES)
    assert drawn.uses == frozenset()


def test_subjects_stand_by_their_areas():
    assert loom([], FILES).subjects == (("involve", "cases"), ("govern", "spend"))
