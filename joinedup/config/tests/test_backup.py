"""Back up, destroy, restore: the same site. And whatever goes wrong, the site that was there stays."""

import io
import json
import stat
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from joinedup.config.tests.sites import IS_POSTGRES, Site

pytestmark = pytest.mark.slow
NewSite = Callable[..., Site]


@pytest.fixture(scope="module")
def archive(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the filled site, and what that site was like."""
    target = tmp_path_factory.mktemp("archive") / "site.tar.gz"
    before = filled.state_after(["backup", str(target)], pages=True)
    (target.parent / "state.json").write_text(json.dumps(before))
    return target


def remembered(archive: Path) -> dict[str, object]:
    return dict(json.loads((archive.parent / "state.json").read_text()))


def altered(archive: Path, target: Path, change: Callable[[dict[str, object]], None]) -> Path:
    """The archive with another manifest."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            source = old.extractfile(member)
            assert source is not None
            data = source.read()
            if member.name == "manifest.json":
                manifest = json.loads(data)
                change(manifest)
                data = json.dumps(manifest).encode()
                member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


class TestTheSameSite:
    def test_comes_back_on_an_empty_machine(self, archive: Path, new_site: NewSite) -> None:
        other = new_site()
        before, after = remembered(archive), other.state_after(["restore", str(archive)], pages=True)
        assert after["tables"] == before["tables"]
        assert after["pages"] == before["pages"]
        assert after["uploads"] == before["uploads"]
        assert any("width-800" in name for name in after["uploads"])
        assert len(after["pages"]) > 10
        assert not (other.folder / "restoring").exists()

    def test_comes_back_in_the_place_of_a_changed_one(
        self, archive: Path, filled: Site, new_site: NewSite
    ) -> None:
        site = new_site(filled)
        changed = site.run(
            "from joinedup.inform.pages.models import ContentPage\n"
            "from joinedup.foundation.freshness.actions import bump, current\n"
            "ContentPage.objects.all().delete(); bump(); print(current())"
        )
        assert changed.returncode == 0, changed.stderr
        (site.media / "images" / "later.png").write_bytes(b"later")
        refused = site.manage("restore", str(archive))
        assert refused.returncode == 1
        assert "add --replace" in refused.stderr
        restored = site.state_after(["restore", str(archive), "--replace"], pages=True)
        assert restored == remembered(archive)
        stamp = site.run("from joinedup.foundation.freshness.actions import current; print(current())")
        assert int(stamp.stdout) > int(changed.stdout)

    def test_leaves_sessions_and_kept_pages_behind(self, archive: Path, new_site: NewSite) -> None:
        with tarfile.open(archive) as tar:
            source = tar.extractfile("manifest.json")
            assert source is not None
            manifest = json.loads(source.read())
        assert manifest["left_out"] == ["joinedup_cache", "django_session"]
        assert manifest["rows"]["django_session"] == manifest["rows"]["joinedup_cache"] == 0


class TestTheFile:
    def test_can_be_read_by_its_owner_only(self, archive: Path) -> None:
        assert stat.S_IMODE(archive.stat().st_mode) == 0o600

    def test_is_never_overwritten(self, archive: Path, filled: Site) -> None:
        before = archive.read_bytes()
        run = filled.manage("backup", str(archive))
        assert run.returncode == 1
        assert "never overwrites" in run.stderr
        assert archive.read_bytes() == before
        assert [path.name for path in archive.parent.iterdir() if "part" in path.name] == []

    def test_is_named_by_the_time_in_a_folder_where_the_oldest_go(self, filled: Site, tmp_path: Path) -> None:
        for day in (1, 2, 3):
            (tmp_path / f"joinedup-2026010{day}T020000Z.tar.gz").touch()
        (tmp_path / "notes.txt").touch()
        filled.does("backup", str(tmp_path), "--keep", "2")
        names = sorted(path.name for path in tmp_path.iterdir())
        assert len(names) == 4
        assert names[0] == "joinedup-20260103T020000Z.tar.gz"
        assert names[3] == "notes.txt"
        # The newest list of what has ended lies beside them.
        listed = tmp_path / "joinedup-endings.jsonl"
        assert names[2] == listed.name
        assert stat.S_IMODE(listed.stat().st_mode) == 0o600

    def test_is_consistent_while_people_upload_and_delete(
        self, filled: Site, new_site: NewSite, tmp_path: Path
    ) -> None:
        busy = new_site(filled)
        run = busy.run(BUSY, str(tmp_path / "busy.tar.gz"))
        assert run.returncode == 0, run.stderr
        other = new_site()
        other.does("restore", str(tmp_path / "busy.tar.gz"))
        told = other.run(
            "from joinedup.inform.pictures.models import Picture as P; from pathlib import Path\n"
            "rows = list(P.objects.all())\n"
            "print(len(rows), [r.file.name for r in rows if not Path(r.file.path).exists()])"
        )
        assert told.stdout.strip().endswith("[]"), told.stdout + told.stderr
        assert int(told.stdout.split()[0]) >= 1


BUSY = """
import sys, threading
from django.core.management import call_command
from django.db import connection
from wagtail.images.tests.utils import get_test_image_file
from joinedup.inform.pictures.models import Picture
stop, made = threading.Event(), []
def upload():
    while not stop.is_set():
        file = get_test_image_file(f"x{len(made)}.png", size=(9, 9))
        made.append(Picture.objects.create(title="x", file=file))
        if len(made) % 3 == 0:
            made[-2].delete()
    connection.close()
thread = threading.Thread(target=upload); thread.start()
while len(made) < 5: pass
call_command("backup", sys.argv[1])
count = len(made)
stop.set(); thread.join()
assert count >= 5
"""

KILLED = """
import os, sys
from django.core.management import call_command
from joinedup.config.backup import archive, making, postgres, restoring, sqlite
def die(*args, **more): os._exit(9)
from django.db import connection
stage = sys.argv[2]
with connection.cursor() as cursor:
    for statement in sys.argv[3].split(";"):
        cursor.execute(statement)
if stage == "unpacking":
    take, count = archive._take, []
    archive._take = lambda *args: die() if count else (count.append(1), take(*args))
elif stage == "prepared":
    sqlite.replace = postgres.replace = die
elif stage == "half of the database":
    plain = sqlite.replace
    def dies(left, remaining, total):
        if remaining * 2 < total: die()
    sqlite.PAGES = 3
    sqlite.replace = lambda *args: plain(*args, progress=dies)
    run = postgres._run
    def half(*command, **more):
        if command[0] == "psql":
            script = [c for c in command if "script.sql" in c][0].split("=")[1]
            text = open(script).read()
            parent = "$(cut -d' ' -f4 /proc/$PPID/stat)"  # psql is its child: both die
            # Newer versions of pg_dump forbid such commands in what they write, by a word that lifts it.
            forbids = [line.split()[1] for line in text.splitlines() if line.startswith(chr(92) + "restrict")]
            lifts = "".join(chr(10) + chr(92) + f"unrestrict {word}" for word in forbids)
            kill = lifts + chr(10) + chr(92) + f"! kill -9 {parent} $PPID" + chr(10)
            end_of_a_table = chr(10) + chr(92) + "." + chr(10)
            half_way = text.rindex(end_of_a_table, 0, len(text) // 2) + 3
            open(script, "w").write(text[:half_way] + kill)
        return run(*command, **more)
    postgres._run = half
elif stage == "database in place":
    settle, calls = restoring.settle, []
    restoring.settle = lambda: die() if calls else (calls.append(1), settle())
elif stage == "uploads half in place":
    rename = restoring.Path.rename
    def dies(self, target):
        found = rename(self, target)
        die() if self.name == "media" else None
        return found
    restoring.Path.rename = dies
call_command("restore", sys.argv[1], replace=True)
"""


class TestKilled:
    @pytest.fixture
    def old(self, filled: Site, new_site: NewSite) -> Site:
        site = new_site(filled)
        site.run(
            "from joinedup.inform.pages.models import Notice as N; N.objects.create(title='Old', body='Old')"
        )
        (site.media / "images" / "old.png").write_bytes(b"old")
        return site

    @pytest.mark.parametrize("stage", ["unpacking", "prepared", "half of the database"])
    def test_before_the_database_is_whole_the_old_site_stays(
        self, stage: str, archive: Path, old: Site
    ) -> None:
        spoil = (
            "DELETE FROM inform_pages_notice; UPDATE inform_newsletter_topic SET position = position + 100"
        )
        run = old.run(KILLED, str(archive), stage, spoil)
        assert run.returncode != 0
        assert (old.folder / "restoring").exists()
        after = old.state_after(["worker", "--once"])
        wanted = remembered(archive)
        assert after["tables"]["inform_newsletter_topic"] != wanted["tables"]["inform_newsletter_topic"]
        assert after["tables"]["wagtailcore_page"] == wanted["tables"]["wagtailcore_page"]
        assert not (old.folder / "restoring").exists()
        assert (old.media / "images" / "old.png").exists()

    @pytest.mark.parametrize("stage", ["database in place", "uploads half in place"])
    def test_after_that_the_worker_finishes_it(self, stage: str, archive: Path, old: Site) -> None:
        spoil = "UPDATE inform_newsletter_topic SET position = position + 100"
        run = old.run(KILLED, str(archive), stage, spoil)
        assert run.returncode == 9, run.stderr
        after, wanted = old.state_after(["worker", "--once"]), remembered(archive)
        assert after["uploads"] == wanted["uploads"]
        assert after["tables"]["inform_newsletter_topic"] == wanted["tables"]["inform_newsletter_topic"]
        assert not (old.folder / "restoring").exists()


class TestRefused:
    def test_an_archive_of_newer_software(self, archive: Path, new_site: NewSite, tmp_path: Path) -> None:
        def newer(manifest: dict[str, object]) -> None:
            manifest["migrations"] = [["inform_pages", "0999_later"]]

        run = new_site().manage("restore", str(altered(archive, tmp_path / "newer.tar.gz", newer)))
        assert run.returncode == 1
        assert "newer software" in run.stderr
        assert "inform_pages.0999_later" in run.stderr

    def test_an_archive_of_another_kind_of_database(
        self, archive: Path, new_site: NewSite, tmp_path: Path
    ) -> None:
        def other(manifest: dict[str, object]) -> None:
            files = manifest["files"]
            assert isinstance(files, dict)
            names = ["database.sqlite3", "database.dump"]
            old, new = names if not IS_POSTGRES else names[::-1]
            files[new] = files.pop(old)
            manifest["engine"] = "sqlite" if IS_POSTGRES else "postgresql"

        run = new_site().manage("restore", str(altered(archive, tmp_path / "other.tar.gz", other)))
        assert run.returncode == 1

    def test_rows_that_are_not_those_that_were_counted(
        self, archive: Path, filled: Site, new_site: NewSite, tmp_path: Path
    ) -> None:
        def fewer(manifest: dict[str, object]) -> None:
            rows = manifest["rows"]
            assert isinstance(rows, dict)
            rows["wagtailcore_page"] += 1

        site = new_site(filled)
        run = site.manage("restore", str(altered(archive, tmp_path / "fewer.tar.gz", fewer)), "--replace")
        assert run.returncode == 1
        assert "not as it was written" in run.stderr
        assert site.state_after()["tables"] == remembered(archive)["tables"]

    def test_a_second_one_at_the_same_time(self, filled: Site, tmp_path: Path) -> None:
        run = filled.run(
            "import sys; from joinedup.config.backup.making import alone\n"
            "from django.core.management import call_command\n"
            "with alone(): call_command('backup', sys.argv[1])",
            str(tmp_path / "second.tar.gz"),
        )
        assert "Another backup or restore is at work" in run.stderr


def test_an_older_archive_is_brought_up_to_date(filled: Site, new_site: NewSite, tmp_path: Path) -> None:
    old, target = new_site(filled), tmp_path / "older.tar.gz"
    back = [
        ["migrate", "involve_contributions", "0002", "-v0"],
        ["migrate", "foundation_delivery", "zero", "-v0"],
    ]
    old.state_after(*back, ["backup", str(target)])
    after = new_site().state_after(["restore", str(target)], ["migrate", "--check"])
    assert after["uploads"]
    assert after["tables"]["inform_pages_contentpage"][0] > 3


def test_another_secret_key_is_pointed_out(archive: Path, new_site: NewSite) -> None:
    site = new_site()
    site.more["JOINEDUP_SECRET_KEY"] = "another-" * 8
    run = site.manage("restore", str(archive))
    assert run.returncode == 0, run.stderr
    assert "JOINEDUP_OLD_SECRET_KEYS" in run.stderr


def test_a_cut_off_archive_leaves_the_site_as_it_was(
    archive: Path, filled: Site, new_site: NewSite, tmp_path: Path
) -> None:
    site, cut = new_site(filled), tmp_path / "cut.tar.gz"
    cut.write_bytes(archive.read_bytes()[:-2000])
    run = site.manage("restore", str(cut), "--replace")
    assert run.returncode == 1
    assert "Nothing was changed" in run.stderr
    assert not (site.folder / "restoring").exists()
    assert any(site.media.iterdir())
