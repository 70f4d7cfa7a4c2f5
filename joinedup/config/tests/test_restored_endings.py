"""Whole sites: back up, let people leave and staff be shut out, restore. They stay out, whatever happens."""

import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from joinedup.config.tests.sites import Site

pytestmark = pytest.mark.slow
NewSite = Callable[..., Site]
BY_HAND = "What a restore must not bring back"

# Someone reads the newsletter and someone works here; the backup; then both end, and someone new comes.
STORY = """
import sys
from django.core.management import call_command
from joinedup.foundation.identity.actions import accept, end_membership, invite
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.inform.newsletter import access, actions, factories
by, place = System("story"), Organisation.objects.first()
reader = factories.joined("reader@example.org")
def hire(email):
    user, invitation, _secret = invite(email=email, name="S", organisation=place, role="editor", by=by)
    return accept(invitation=invitation, name="S", password="quiet-canal-tower")
staff = hire("staff@example.org")
call_command("backup", sys.argv[1])
actions.leave(token=access.leave_token(reader), one_click=False)
end_membership(membership=staff.memberships.get(), by=by)
hire("late@example.org")
call_command("endings", sys.argv[2])
"""

TELL = """
import json
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.inform.newsletter.models import Subscriber, address_marks
reader = Subscriber.objects.get(address_mark=address_marks("reader@example.org")[0])
staff = User.objects.get(email="staff@example.org")
events = AuditEvent.objects
print(json.dumps({
    "reader": [reader.state, reader.email],
    "staff": [staff.is_active, staff.has_usable_password(), staff.memberships.get().ends_on is not None],
    "late": User.objects.filter(email="late@example.org").exists(),
    "left": events.filter(verb="inform_newsletter.leave", subject_id=str(reader.pk)).count(),
    "ended": events.filter(verb="foundation_identity.end_membership").count(),
    "again": events.filter(verb="foundation_dataprotection.end_again").count(),
    "next": User.objects.create_user("next@example.org").pk,
}))
"""

KILLED = """
import os, sys
from pathlib import Path
from django.core.management import call_command
from joinedup.config.backup import endings, restoring
def die(*args, **more): os._exit(9)
stage = sys.argv[2]
if stage == "before the database":
    restoring._write_down = die
elif stage == "before the endings":
    endings.apply = die
elif stage == "after the endings":
    restoring.overtake = die
call_command("restore", sys.argv[1], replace=True)
"""


@dataclass
class Told:
    """The site after the story, the backup from before it, and the list from its end."""

    site: Site
    archive: Path
    listed: Path


@pytest.fixture(scope="module")
def told(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("story")
    found = Told(
        Site(folder / "data").make(filled), folder / "site.tar.gz", folder / "joinedup-endings.jsonl"
    )
    run = found.site.run(STORY, str(found.archive), str(found.listed))
    assert run.returncode == 0, run.stderr
    yield found
    found.site.destroy()


def how_it_stands(site: Site) -> dict[str, object]:
    run = site.run(TELL)
    assert run.returncode == 0, run.stderr
    return dict(json.loads(run.stdout))


def is_ended(stands: dict[str, object]) -> bool:
    return stands["reader"] == ["left", None] and stands["staff"] == [False, False, True]


def test_they_stay_out_and_the_record_keeps_why(told: Told, new_site: NewSite) -> None:
    site = new_site(told.site)
    said = site.does("restore", str(told.archive), "--replace")
    assert "1 people who had left the newsletter" in said
    assert "1 roles of staff that had ended" in said
    stands = how_it_stands(site)
    assert is_ended(stands)
    assert (stands["late"], stands["left"], stands["ended"], stands["again"]) == (False, 1, 1, 1)
    late = told.site.run(
        "from joinedup.foundation.identity.models import User\n"
        "print(User.objects.get(email='late@example.org').pk)"
    )
    assert int(str(stands["next"])) > int(late.stdout)


class TestKilled:
    def test_before_the_database_the_list_is_thrown_away(self, told: Told, new_site: NewSite) -> None:
        site = new_site(told.site)
        assert site.run(KILLED, str(told.archive), "before the database").returncode == 9
        listed = site.folder / "restoring" / "endings.jsonl"
        assert stat.S_IMODE(listed.stat().st_mode) == 0o600
        site.does("worker", "--once")
        assert not listed.parent.exists()
        stands = how_it_stands(site)
        assert (stands["late"], stands["again"]) == (True, 0)

    @pytest.mark.parametrize("stage", ["before the endings", "after the endings"])
    def test_later_they_are_ended_by_whoever_finishes(
        self, stage: str, told: Told, new_site: NewSite, tmp_path: Path
    ) -> None:
        site = new_site(told.site)
        assert site.run(KILLED, str(told.archive), stage).returncode == 9
        if stage == "before the endings":
            site.does("worker", "--once")
        else:
            site.does("backup", str(tmp_path / "next.tar.gz"))
        assert not (site.folder / "restoring").exists()
        stands = how_it_stands(site)
        assert is_ended(stands)
        assert (stands["left"], stands["again"]) == (1, 1)


class TestOnAnEmptyMachine:
    def test_it_says_that_nobody_knows(self, told: Told, new_site: NewSite) -> None:
        run = new_site().manage("restore", str(told.archive))
        assert run.returncode == 0, run.stderr
        assert "nobody knows what has ended" in run.stderr
        assert BY_HAND in run.stderr

    def test_a_list_given_by_hand_ends_them(self, told: Told, new_site: NewSite) -> None:
        site = new_site()
        run = site.manage("restore", str(told.archive), "--endings", str(told.listed))
        assert run.returncode == 0, run.stderr
        assert BY_HAND not in run.stderr
        stands = how_it_stands(site)
        assert is_ended(stands)
        assert stands["left"] == 1

    def test_a_list_that_was_cut_off_is_refused_before_anything(
        self, told: Told, new_site: NewSite, tmp_path: Path
    ) -> None:
        cut = tmp_path / "cut.jsonl"
        cut.write_bytes(told.listed.read_bytes()[:-100])
        run = new_site(told.site).manage("restore", str(told.archive), "--replace", "--endings", str(cut))
        assert run.returncode == 1
        assert "Nothing was changed" in run.stderr


def test_what_cannot_be_read_is_named_and_the_rest_is_ended(told: Told, new_site: NewSite) -> None:
    site = new_site(told.site)
    spoilt = site.run(
        "from django.db import connection\n"
        "connection.cursor().execute('ALTER TABLE inform_newsletter_subscriber RENAME TO elsewhere')"
    )
    assert spoilt.returncode == 0, spoilt.stderr
    run = site.manage("restore", str(told.archive), "--replace")
    assert run.returncode == 0, run.stderr
    assert "inform_newsletter.left" in run.stderr
    assert BY_HAND in run.stderr
    stands = how_it_stands(site)
    assert stands["reader"] == ["confirmed", "reader@example.org"]
    assert stands["staff"] == [False, False, True]


def test_what_ended_on_another_site_is_left_alone(told: Told, new_site: NewSite) -> None:
    site = new_site(told.site)
    run = site.run(
        "import sys\n"
        "from django.core.management import call_command\n"
        "from joinedup.config.backup import endings\n"
        "endings._origin = lambda: '00000000-0000-4000-8000-000000000000'\n"
        "call_command('restore', sys.argv[1], replace=True)",
        str(told.archive),
    )
    assert run.returncode == 0, run.stderr
    assert "of another site" in run.stderr
    stands = how_it_stands(site)
    assert (stands["staff"], stands["again"]) == ([True, True, False], 0)
