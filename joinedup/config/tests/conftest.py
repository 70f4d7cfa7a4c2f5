"""A site with the sample borough and a picture on a page, made once for all tests that need a whole site.

And a restore told by a transaction that is taken back, for tests of what must not come back with one.
"""

import datetime
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from conftest import loaded_for_a_file
from joinedup.config.backup.endings import apply, write_down
from joinedup.config.tests import kept
from joinedup.config.tests.sites import Site
from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import System

Restore = Callable[[Callable[[], object]], dict[str, int]]

FILL = """
from django.core.management import call_command
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images.tests.utils import get_test_image_file
from joinedup.inform.pages.models import ContentPage
from joinedup.inform.pictures.models import Picture
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("load_sample", verbosity=0)
picture = Picture.objects.create(title="The river", file=get_test_image_file("river.png", size=(900, 600)))
picture.get_rendition("width-800")
page = ContentPage.objects.live().get(slug="about")
image = {"image": picture.pk, "caption": "The river at Wapping", "credit": ""}
page.body.append(("image", page.body.stream_block.child_blocks["image"].to_python(image)))
with transaction.atomic():
    page.save_revision().publish()
# Sizes of pictures are made when a page is first drawn. All are drawn here, so that later nothing is new.
from django.test.utils import setup_test_environment
from joinedup.config.tests.site_state import pages
setup_test_environment()
pages()
"""


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that others are made like. Nobody changes it.

    It takes half a minute, so one process fills it for all; each works with a copy.
    """
    own = tmp_path_factory.getbasetemp()
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    first, done = Site(shared / "filled" / "data", name=f"filled_{run[:12]}"), shared / "filled.done"
    with kept.only_one(shared / "filled.lock"):
        if not done.exists():
            first.make(migrated=True)
            filling = first.run(FILL)
            assert filling.returncode == 0, filling.stderr
            done.touch()
        site = Site(tmp_path_factory.mktemp("filled") / "data").make(first)
    yield site
    site.destroy()


@pytest.fixture(scope="module")
def borough(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The sample borough, loaded once for a file of tests and taken away afterwards."""
    with loaded_for_a_file(django_db_blocker, lambda: call_command("load_sample", verbosity=0)):
        yield


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Sites of this test's own: `new_site()` is empty, `new_site(filled)` like that one."""
    made: list[Site] = []

    def make(like: Site | None = None) -> Site:
        made.append(Site(tmp_path / f"site{len(made)}").make(like))
        return made[-1]

    yield make
    for site in made:
        site.destroy()


class TakenBack(Exception):
    """The transaction is over, and what was done in it with it."""


@pytest.fixture
def listed(db: None, tmp_path: Path) -> Path:
    """Where the list of what has ended is written, on a site whose record has begun."""
    with transaction.atomic():
        record(verb="tests.begin", by=System("tests"))
    return tmp_path / "endings.jsonl"


@pytest.fixture
def restored_after(listed: Path) -> Restore:
    """Do something, put back a backup from before it, and return what was ended again."""

    def restore(doing: Callable[[], object]) -> dict[str, int]:
        with suppress(TakenBack), transaction.atomic():
            doing()
            head = write_down(listed, since=timezone.now() - datetime.timedelta(days=1))
            assert head.unread == []
            raise TakenBack
        [ended] = apply([listed])
        assert ended.is_of_this_site
        return ended.counts

    return restore
