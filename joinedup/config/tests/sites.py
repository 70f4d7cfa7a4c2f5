"""Whole sites for tests: a data folder and a database of their own, each command a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from joinedup.config.environment import ROOT
from joinedup.config.tests import kept

SERVER = os.environ.get("DATABASE_URL", "")
IS_POSTGRES = SERVER.startswith("postgres")
# What other tests' settings must not leak into a site of its own.
_OURS = ("JOINEDUP_", "DATABASE_URL", "EMAIL_URL", "DJANGO_")


def on_server(statement: str) -> None:
    """Ask the server that the tests were given, outside any database of theirs."""
    with psycopg.connect(kept.beside(SERVER, "postgres"), autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type]


@dataclass
class Site:
    """One site. `manage` runs a command of it, `run` a few lines of Python inside it."""

    folder: Path
    name: str = field(default_factory=lambda: f"site_{uuid.uuid4().hex[:12]}")
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        own = {"JOINEDUP_MODE": "demo", "JOINEDUP_DATA_DIR": str(self.folder), "PYTHONWARNINGS": "ignore"}
        if IS_POSTGRES:
            own["DATABASE_URL"] = self.url
        return {**kept, **own, "DJANGO_SETTINGS_MODULE": "joinedup.config.settings", **self.more}

    @property
    def url(self) -> str:
        """Where its database is."""
        return kept.beside(SERVER, self.name)

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def make(self, like: "Site | None" = None, *, migrated: bool = False) -> "Site":
        """An empty site, or one like another; `migrated` spares it its migrations where they were kept."""
        if like is not None:
            shutil.copytree(like.folder, self.folder, dirs_exist_ok=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        if IS_POSTGRES:
            source = like.name if like else (migrated and kept.template(SERVER)) or "template0"
            on_server(f'CREATE DATABASE "{self.name}" TEMPLATE "{source}"')
        elif migrated and kept.database().exists():
            shutil.copy(kept.database(), self.folder / "joinedup.sqlite3")
        return self

    def destroy(self) -> None:
        """Nothing is left of it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if IS_POSTGRES:
            on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def manage(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self._start([str(ROOT / "manage.py"), *command], more)

    def run(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._start(["-c", f"import django; django.setup()\n{code}", *arguments], {})

    def _start(self, arguments: list[str], more: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    def does(self, *command: str, **more: str) -> str:
        """Run a command that must work; returns what it said."""
        run = self.manage(*command, **more)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def state_after(self, *commands: list[str], pages: bool = False) -> dict[str, Any]:
        """Run commands that must work; then everything the site holds (and shows), to be compared."""
        run = self.run(TELL, json.dumps([commands, pages]))
        assert run.returncode == 0, run.stderr
        return dict(json.loads(run.stdout.splitlines()[-1]))


# One process for several commands: starting is what takes the time.
TELL = """
import json, sys
from django.core.management import call_command
from joinedup.config.tests.site_state import tell
commands, pages = json.loads(sys.argv[1])
for command in commands:
    call_command(*command)
tell(with_pages=pages)
"""
