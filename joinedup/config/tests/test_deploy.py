"""What deploy/ says, done: nginx and the processes of the units, on a throw-away folder and free ports."""

import http.client
import json
import re
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from joinedup.config import urls
from joinedup.config.environment import ROOT
from joinedup.config.tests.deployed import DEPLOY, PUBLIC, STAFF, Deployed, Unit, read_env
from joinedup.config.tests.sites import IS_POSTGRES, Site

UNITS = sorted(path.name for path in (DEPLOY / "systemd").glob("*.service"))
FILES = (DEPLOY / "nginx" / "joinedup-files.inc").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def here(filled: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Everything running. Under PostgreSQL each process signs in as its own role."""
    folder = tmp_path_factory.mktemp("deployed")
    deployed = Deployed(Site(folder / "data").make(filled), folder)
    (folder / "backups").mkdir()
    try:
        deployed.prepare()
        deployed.start()
        yield deployed
    finally:
        deployed.stop()
        deployed.site.destroy()


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found.group(1)


@pytest.mark.slow
class TestRunning:
    def test_the_home_page_comes_over_https_with_its_policies(self, here: Deployed) -> None:
        answer = here.ask(PUBLIC, "/")
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "max-age=31536000" in answer.headers["strict-transport-security"]
        assert "set-cookie" not in answer.headers
        assert "nginx/" not in answer.headers.get("server", "")

    def test_plain_http_leads_to_https(self, here: Deployed) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", here.ports["80"], timeout=30)
        connection.request("GET", "/about/?a=1", headers={"Host": PUBLIC})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, f"https://{PUBLIC}/about/?a=1")
        connection.close()

    def test_another_name_gets_no_answer(self, here: Deployed) -> None:
        with pytest.raises(ssl.SSLError):
            here.ask("evil.example.org", "/")
        with pytest.raises(http.client.RemoteDisconnected):
            here.ask(PUBLIC, "/", Host="evil.example.org")
        connection = http.client.HTTPConnection("127.0.0.1", here.ports["80"], timeout=30)
        connection.request("GET", "/", headers={"Host": "evil.example.org"})
        with pytest.raises(http.client.RemoteDisconnected):
            connection.getresponse()
        connection.close()

    def test_the_workspace_is_not_on_the_public_name(self, here: Deployed) -> None:
        for path in ("/workspace/", "/editor/", "/account/login/", "/design/", "/outbox/"):
            assert here.ask(PUBLIC, path).status == 404, path

    def test_the_workspace_asks_to_sign_in_and_sends_readers_to_the_site(self, here: Deployed) -> None:
        asked = here.ask(STAFF, "/workspace/")
        assert asked.headers["location"].startswith("/account/login/")
        assert here.ask(STAFF, "/about/").headers["location"] == f"https://{PUBLIC}/about/"
        assert here.ask(STAFF, "/account/login/").status == 200
        assert "noindex" in here.ask(STAFF, "/account/login/").headers["x-robots-tag"]
        assert here.ask(STAFF, "/robots.txt").text == "User-agent: *\nDisallow: /\n"

    def test_health_is_told_on_both(self, here: Deployed) -> None:
        for name in (PUBLIC, STAFF):
            found = json.loads(here.ask(name, "/health/").body)
            assert (found["ok"], found["database"]) == (True, "ok")
            assert found["worker_age_s"] <= 60


@pytest.mark.slow
class TestFiles:
    def test_static_files_are_kept_for_good_and_come_compressed(self, here: Deployed) -> None:
        page = here.ask(PUBLIC, "/").text
        found = re.search(r'href="(/static/design/joinedup\.[0-9a-f]{12}\.css)"', page)
        assert found
        answer = here.ask(PUBLIC, found.group(1), Accept_Encoding="gzip")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-encoding"] == "gzip"

    def test_a_picture_has_its_type_and_can_run_nothing(self, here: Deployed) -> None:
        page = here.ask(PUBLIC, "/about/").text
        found = re.search(r'src="(/media/images/[^"]+)"', page)
        assert found
        answer = here.ask(PUBLIC, found.group(1))
        assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize(
        "path",
        [
            "/media/original_images/river.png", "/media/images/../original_images/river.png",
            "/media/images/%2e%2e/original_images/river.png", "/media/images/..%2foriginal_images/river.png",
            "/static/../joinedup.sqlite3", "/static/%2e%2e/joinedup.sqlite3", "/static../joinedup.sqlite3",
            "/media/images/", "/static/", "/media/images/link.png", "/media/images/.hidden",
        ],
    )  # fmt: skip
    def test_nothing_else_in_the_data_folder_is_given_away(self, path: str, here: Deployed) -> None:
        originals = here.site.media / "original_images"
        assert (originals / "river.png").exists()
        (here.site.media / "images" / ".hidden").write_text("hidden")
        link = here.site.media / "images" / "link.png"
        if not link.is_symlink():
            link.symlink_to(originals / "river.png")
        assert here.ask(PUBLIC, path).status in (400, 403, 404)

    def test_a_file_of_no_known_kind_is_only_bytes(self, here: Deployed) -> None:
        (here.site.media / "images" / "page.html").write_text("<script>alert(1)</script>")
        answer = here.ask(PUBLIC, "/media/images/page.html")
        assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.slow
class TestLimits:
    def test_bodies_are_as_long_as_the_forms_of_that_name_need(self, here: Deployed) -> None:
        assert here.ask(PUBLIC, "/have-your-say/", method="POST", body=b"x" * 3_200_000).status == 413
        assert here.ask(STAFF, "/account/login/", method="POST", body=b"x" * 4_000_000).status in (400, 403)

    def test_nobody_passes_for_somebody_else_by_a_header(self, here: Deployed) -> None:
        """Tries are counted by address; one who invents a new address each time is still one."""
        page = here.ask(PUBLIC, "/have-your-say/your-reference/")
        cookie = page.headers["set-cookie"].partition(";")[0]
        tries, _seconds = settings.RATES["contribution.follow"]
        form = {"csrfmiddlewaretoken": token_in(page.text), "reference": "THT-0000-0000", "word": "no-word"}
        answers = [
            here.ask(
                PUBLIC,
                "/have-your-say/your-reference/",
                method="POST",
                body=urlencode({**form, "reference": f"THT-0000-00{number:02}"}).encode(),
                Cookie=cookie,
                Content_Type="application/x-www-form-urlencoded",
                Referer=f"https://{PUBLIC}/have-your-say/your-reference/",
                X_Forwarded_For=f"10.1.{number}.7",
                X_Real_IP=f"10.2.{number}.7",
                Forwarded=f"for=10.3.{number}.7",
            ).text
            for number in range(tries + 1)
        ]
        assert "We did not find this reference" in answers[tries - 1]
        assert "We did not find this reference" not in answers[tries]

    def test_signing_in_and_health_cannot_be_hammered(self, here: Deployed) -> None:
        sent = [here.ask(STAFF, "/account/login/", method="POST", body=b"").status for _try in range(30)]
        assert 429 in sent
        assert here.ask(STAFF, "/account/login/").status == 200
        asked = [here.ask(PUBLIC, "/health/").status for _try in range(20)]
        assert 429 in asked


@pytest.mark.slow
class TestLogs:
    def test_each_process_writes_json_without_paths(self, here: Deployed) -> None:
        secret = "kR7vQ2mXw9LpZ4tB8nYc"
        here.ask(PUBLIC, f"/newsletter/leave/{secret}/")
        lines = [json.loads(line) for line in (here.folder / "public.out").read_text().splitlines()]
        assert {"newsletter/leave/<str:token>/"} <= {line["route"] for line in lines}
        assert {line["face"] for line in lines} == {"public"}
        everything = "".join(path.read_text(errors="replace") for path in here.folder.glob("*.out"))
        everything += "".join(path.read_text(errors="replace") for path in here.folder.glob("*.err"))
        assert secret not in everything
        assert "Traceback" not in everything


@pytest.mark.slow
@pytest.mark.skipif(not IS_POSTGRES, reason="SQLite has no roles")
def test_the_public_process_is_signed_in_as_the_public_role(here: Deployed) -> None:
    url = here.environment(Unit("joinedup-public.service"))["DATABASE_URL"]
    assert "_joinedup_public:" in url
    assert here.ask(PUBLIC, "/newsletter/").status == 200


@pytest.mark.slow
def test_the_backup_of_the_timer_is_made_while_everything_runs(here: Deployed) -> None:
    unit = Unit("joinedup-backup.service")
    run = subprocess.run(
        here.command(unit), cwd=ROOT, env=here.environment(unit), capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert len(list((here.folder / "backups").glob("joinedup-*.tar.gz"))) == 1


class TestUnits:
    @pytest.mark.parametrize("name", UNITS)
    def test_no_process_is_root_or_can_become_more(self, name: str) -> None:
        service = Unit(name)["Service"]
        assert service["User"].startswith("joinedup-")
        assert service["NoNewPrivileges"] == "yes"
        assert service["ProtectSystem"] == "strict"
        assert service["CapabilityBoundingSet"] == ""

    def test_only_the_backup_is_given_the_owners_password(self) -> None:
        given = {name: {Path(p).name for p in Unit(name).every("EnvironmentFile")} for name in UNITS}
        assert {name for name, files in given.items() if "owner.env" in files} == {"joinedup-backup.service"}
        assert given["joinedup-public.service"] == {"joinedup.env", "public.env"}

    def test_the_public_process_is_another_user_than_the_workspace(self) -> None:
        users = {name: Unit(name)["Service"]["User"] for name in UNITS}
        assert users["joinedup-public.service"] not in {
            user for name, user in users.items() if name != "joinedup-public.service"
        }

    def test_every_variable_is_one_the_platform_reads(self) -> None:
        listed = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operations.md").read_text(), re.MULTILINE))
        named = {name for path in (DEPLOY / "env").iterdir() for name in read_env(path)}
        named |= {line.partition("=")[0] for unit in UNITS for line in Unit(unit).every("Environment")}
        assert named - listed == set()

    @pytest.mark.slow
    @pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
    def test_systemd_understands_them_and_finds_little_exposed(self, tmp_path: Path) -> None:
        deployed = Deployed(Site(tmp_path / "data"), tmp_path)
        for path in (DEPLOY / "systemd").glob("joinedup-*"):
            (tmp_path / path.name).write_text(deployed.moved(path.read_text()))
        made = sorted(str(path) for path in tmp_path.glob("joinedup-*"))
        run = subprocess.run(
            ["systemd-analyze", "verify", *made], capture_output=True, text=True, check=False
        )
        assert (run.returncode, run.stderr) == (0, "")
        for unit in UNITS:
            told = subprocess.run(
                ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(tmp_path / unit)],
                capture_output=True,
                text=True,
                check=False,
            )
            assert told.returncode == 0, told.stdout[-300:]


class TestTheWebServersFile:
    def test_it_gives_away_what_the_platform_itself_would(self) -> None:
        [door] = [
            str(route.pattern) for route in urls.urlpatterns if str(route.pattern).startswith("^media/")
        ]
        pattern = door.replace("(?P<path>", "(").removeprefix("^")
        assert f'location ~ "^/{pattern}"' in FILES

    def test_forms_fit(self) -> None:
        text = (DEPLOY / "nginx" / "joinedup.conf").read_text()
        public, staff = (
            int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", text)
        )
        assert public > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        uploads = [10 * 1024 * 1024, getattr(settings, "ANIMATION_MAX_BYTES", 0)]
        assert staff > max(uploads) + settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 0.5
