"""The platform as deploy/ runs it: nginx with its file, and the processes of the units, on free ports."""

import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from configparser import ConfigParser
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from joinedup.config.environment import ROOT
from joinedup.config.tests.sites import IS_POSTGRES, SERVER, Site, on_server

DEPLOY = ROOT / "deploy"
PUBLIC, STAFF = "www.example.org", "staff.example.org"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PASSWORD = "only-for-this-test-0123456789"


class Unit(ConfigParser):
    """A systemd unit, whose keys may stand more than once."""

    def __init__(self, name: str) -> None:
        super().__init__(strict=False, interpolation=None, delimiters=["="])
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.text = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
        self.read_string(self.text)

    def every(self, key: str) -> list[str]:
        return re.findall(rf"^{key}=(.*)$", self.text, re.MULTILINE)


def read_env(path: Path) -> dict[str, str]:
    """An EnvironmentFile as systemd reads ours."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {
        name: shlex.split(value)[0] if value else "" for name, _, value in (x.partition("=") for x in lines)
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class _Here(http.client.HTTPSConnection):
    """Asks the machine itself, whatever the name."""

    def __init__(self, name: str, port: int, certificate: Path) -> None:
        super().__init__(name, port, timeout=60, context=ssl.create_default_context(cafile=certificate))
        self.named = name

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), 60)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.named)  # type: ignore[attr-defined]


@dataclass
class Deployed:
    """A running installation below a folder of its own."""

    site: Site
    folder: Path
    ports: dict[str, int] = field(
        default_factory=lambda: {name: free_port() for name in ("80", "443", "8001", "8002")}
    )
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def moved(self, text: str) -> str:
        """Text of deploy/ with the folders and ports of this machine."""
        text = text.replace("/opt/joinedup/.venv/bin/python", sys.executable)
        text = text.replace("/opt/joinedup/.venv/bin", str(Path(sys.executable).parent))
        places = {
            "/opt/joinedup": ROOT,
            "/var/lib/joinedup": self.site.folder,
            "/var/backups/joinedup": self.folder / "backups",
            "/etc/ssl/joinedup": self.folder,
            "/var/log/nginx": self.folder,
        }
        for old, new in places.items():
            text = text.replace(old, str(new))
        for old, port in self.ports.items():
            text = re.sub(rf"(127\.0\.0\.1:|listen |--port ){old}\b", rf"\g<1>{port}", text)
        return text

    def role(self, name: str) -> str:
        return f"{self.site.name}_{name}"

    def environment(self, unit: Unit) -> dict[str, str]:
        """What systemd would give the unit, with what the operator has to fill in."""
        found = {"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore"}
        for path in unit.every("EnvironmentFile"):
            found |= read_env(DEPLOY / "env" / Path(path).name)
        found |= dict(line.split("=", 1) for line in unit.every("Environment"))
        role = urlsplit(found["DATABASE_URL"]).username or ""
        found |= {
            "JOINEDUP_SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
            "JOINEDUP_DATA_DIR": self.moved(found["JOINEDUP_DATA_DIR"]),
            "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
            "JOINEDUP_PUBLIC_ROLE": self.role("joinedup_public"),
            "JOINEDUP_WORKSPACE_ROLE": self.role("joinedup_workspace"),
            "JOINEDUP_PUBLIC_ROLE_PASSWORD": PASSWORD,
            "JOINEDUP_WORKSPACE_ROLE_PASSWORD": PASSWORD,
        }
        if not IS_POSTGRES:
            return {name: value for name, value in found.items() if name != "DATABASE_URL"}
        parts = urlsplit(SERVER)
        who = parts.username if role == "joinedup" else f"{self.role(role)}:{PASSWORD}"
        found["DATABASE_URL"] = urlunsplit(
            parts._replace(netloc=f"{who}@{parts.hostname}:{parts.port}", path=f"/{self.site.name}")
        )
        return found

    def command(self, unit: Unit) -> list[str]:
        return shlex.split(self.moved(unit["Service"]["ExecStart"]))

    def prepare(self) -> None:
        """What docs/operations.md says to do once, by the environment of the owner."""
        owner = self.environment(Unit("joinedup-backup.service"))
        steps = [["migrate", "-v0"], ["createcachetable"], ["collectstatic", "--no-input", "-v0"]]
        for step in [*steps, *([["grant_roles", "--create"]] if IS_POSTGRES else [])]:
            run = subprocess.run(
                [sys.executable, str(ROOT / "manage.py"), *step],
                cwd=ROOT,
                env=owner,
                capture_output=True,
                text=True,
                check=False,
            )
            assert run.returncode == 0, run.stderr

    def start(self) -> None:
        """nginx and the three processes; waits until each answers."""
        self._certify()
        for name in ("public", "workspace", "worker"):
            unit = Unit(f"joinedup-{name}.service")
            with (
                (self.folder / f"{name}.out").open("wb") as out,
                (self.folder / f"{name}.err").open("wb") as err,
            ):
                self.processes.append(
                    subprocess.Popen(
                        self.command(unit), cwd=ROOT, env=self.environment(unit), stdout=out, stderr=err
                    )
                )
        self.processes.append(subprocess.Popen([NGINX, "-p", str(self.folder), "-c", str(self._configure())]))
        until = time.monotonic() + 180
        while time.monotonic() < until:
            assert [process.poll() for process in self.processes] == [None] * 4, self.said()
            try:
                if (
                    self.ask(PUBLIC, "/health/").status == 200
                    and self.ask(STAFF, "/colours.css").status < 500
                ):
                    return
            except OSError:
                pass
            time.sleep(0.5)
        raise AssertionError(self.said())

    def said(self) -> str:
        return "\n".join(
            path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("*.err"))
        )

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        if IS_POSTGRES:
            self.site.destroy()
            for name in ("joinedup_public", "joinedup_workspace"):
                on_server(f'DROP ROLE IF EXISTS "{self.role(name)}"')

    def _certify(self) -> None:
        names = f"subjectAltName=DNS:{PUBLIC},DNS:{STAFF}"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
             "-addext", names, "-keyout", self.folder / "privkey.pem", "-out", self.folder / "fullchain.pem"],
            check=True,
            capture_output=True,
        )  # fmt: skip

    def _configure(self) -> Path:
        """Our three files as they are, moved, below the smallest main file that nginx takes."""
        for path in (DEPLOY / "nginx").iterdir():
            (self.folder / path.name).write_text(self.moved(path.read_text(encoding="utf-8")))
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "\n".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        main = self.folder / "nginx.conf"
        main.write_text(
            f"{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes 1;\n"
            f"pid {self.folder}/pid;\n"
            f"error_log {self.folder}/nginx.err;\nevents {{ worker_connections 256; }}\n"
            f"http {{ {temporary}\ninclude {self.folder}/joinedup.conf; }}\n"
        )
        return main

    def ask(
        self, name: str, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answer:
        connection = _Here(name, self.ports["443"], self.folder / "fullchain.pem")
        try:
            fields = {key.replace("_", "-"): value for key, value in headers.items()}
            connection.request(method, path, body=body, headers=fields)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()
