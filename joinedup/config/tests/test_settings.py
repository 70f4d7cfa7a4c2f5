"""Production starts only when it is safe to."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from joinedup.config.environment import ROOT
from joinedup.config.tests import kept

SAFE = {
    "JOINEDUP_MODE": "production",
    "JOINEDUP_SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "JOINEDUP_SITE_URL": "https://www.example.org",
    "JOINEDUP_HOSTS": "www.example.org",
    "EMAIL_URL": "smtp+tls://user:password@relay.example.org:587",
}


def manage(*command: str, tmp: str, without: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith("JOINEDUP") and k not in ("EMAIL_URL", "DATABASE_URL")
    }
    environment = {**kept, **SAFE, "JOINEDUP_DATA_DIR": tmp, **changes}
    environment.pop(without, None)
    return subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_check_deploy_has_nothing_to_say(tmp_path: Path) -> None:
    if kept.database().exists():  # migrating takes half a minute, and is another test's matter
        shutil.copy(kept.database(), tmp_path / "joinedup.sqlite3")
    assert manage("migrate", "-v0", tmp=str(tmp_path)).returncode == 0
    run = manage("check", "--deploy", "--fail-level", "INFO", tmp=str(tmp_path))
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("missing", ["JOINEDUP_SECRET_KEY", "JOINEDUP_SITE_URL", "EMAIL_URL"])
def test_a_missing_setting_stops_production_with_its_name(missing: str, tmp_path: object) -> None:
    run = manage("check", tmp=str(tmp_path), without=missing)
    assert run.returncode != 0
    assert f"Set {missing}:" in run.stderr


@pytest.mark.slow
def test_a_real_site_without_https_does_not_start(tmp_path: object) -> None:
    run = manage("check", tmp=str(tmp_path), JOINEDUP_SITE_URL="http://www.example.org")
    assert "must begin with https://" in run.stderr


@pytest.mark.slow
def test_a_fault_on_a_real_site_is_written_to_the_error_stream(tmp_path: object) -> None:
    code = (
        "import logging; logging.getLogger('django.request').error('it broke'); "
        "logging.warning('/secret/path')"
    )
    run = manage("shell", "-v0", "-c", code, tmp=str(tmp_path))
    assert "it broke" in run.stderr
    assert "/secret/path" not in run.stderr


@pytest.mark.slow
def test_a_place_whose_colours_are_hard_to_read_does_not_start(tmp_path: Path) -> None:
    place = tmp_path / "place.toml"
    shipped = (ROOT / "joinedup/config/place.toml").read_text(encoding="utf-8")
    place.write_text(shipped.replace("#0b4a5c", "#8fd0e0"), encoding="utf-8")
    run = manage("check", tmp=str(tmp_path), JOINEDUP_PLACE=str(place))
    assert "river on white" in run.stderr


@pytest.mark.slow
def test_another_place_changes_its_name_and_colours_by_one_file(tmp_path: Path) -> None:
    place = tmp_path / "place.toml"
    shipped = (ROOT / "joinedup/config/place.toml").read_text(encoding="utf-8")
    place.write_text(
        shipped.replace("#0b4a5c", "#11405f").replace("Tower Hamlets", "Elsewhere"), encoding="utf-8"
    )
    code = (
        "from django.conf import settings as s; from joinedup.design.palette import stylesheet as c; "
        "print(s.PARTNERSHIP['name'], s.PARTNERSHIP['colours_href'], c(s.PARTNERSHIP['colours']))"
    )
    run = manage("shell", "-v0", "-c", code, tmp=str(tmp_path), JOINEDUP_PLACE=str(place))
    assert run.stdout.strip() == "Elsewhere Together /colours.css :root{--jo-river:#11405f;}"


@pytest.mark.slow
def test_without_a_mode_it_is_production(tmp_path: object) -> None:
    run = manage("check", tmp=str(tmp_path), without="JOINEDUP_MODE", JOINEDUP_SECRET_KEY="")
    assert "Set JOINEDUP_SECRET_KEY:" in run.stderr


@pytest.mark.slow
def test_the_sample_borough_is_refused_in_production(tmp_path: object) -> None:
    assert "never runs in production" in manage("load_sample", tmp=str(tmp_path)).stderr


@pytest.mark.slow
def test_the_outbox_has_no_address_in_production(tmp_path: object) -> None:
    code = "from django.urls import resolve; print(resolve('/outbox/').view_name)"
    run = manage("shell", "-v0", "-c", code, tmp=str(tmp_path))
    assert "messages:" not in run.stdout
