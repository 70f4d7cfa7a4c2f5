"""Reading settings from the environment, with a loud message when one is missing or wrong."""

import tomllib
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from joinedup.design import palette

env = environ.Env()

ROOT = Path(__file__).resolve().parents[2]


def required(name: str, why: str) -> str:
    """A setting without which production does not start."""
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {why}. See docs/operations.md.")
    return value


def place() -> dict[str, Any]:
    """The place this platform serves: the file named by JOINEDUP_PLACE, or the one shipped."""
    path = Path(env.str("JOINEDUP_PLACE", default=str(Path(__file__).parent / "place.toml")))
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise ImproperlyConfigured(f"JOINEDUP_PLACE: cannot read {path}: {fault}") from fault
    colours = found.get("colours", {})
    if hard_to_read := palette.faults(colours):
        raise ImproperlyConfigured(f"JOINEDUP_PLACE: colours in {path}: {'; '.join(hard_to_read)}")
    # The words of the code are English, so that one is always there; others come beside it.
    found["site_languages"] = {"en": "English", **found.get("site_languages", {})}
    if palette.stylesheet(colours):
        found["colours_href"] = "/colours.css"
    return found


def database(data_dir: Path) -> dict[str, Any]:
    """DATABASE_URL, or SQLite in the data folder. SQLite keeps what it confirmed, also at a power cut."""
    settings: dict[str, Any] = env.db("DATABASE_URL", default=f"sqlite:///{data_dir / 'joinedup.sqlite3'}")
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    settings["CONN_MAX_AGE"] = 60
    return settings


def relay(*, is_demo: bool) -> dict[str, Any]:
    """The way out for mail: the demo's outbox, or SMTP as EMAIL_URL says."""
    if is_demo:
        return {"backend": "joinedup.foundation.delivery.backends.OutboxRelay", "options": {}}
    config = env.email("EMAIL_URL", default="consolemail://")
    options = {
        key: config[f"EMAIL_{key.upper()}"]
        for key in ("host", "port", "use_tls", "use_ssl")
        if config.get(f"EMAIL_{key.upper()}") is not None
    }
    options |= {"username": config.get("EMAIL_HOST_USER"), "password": config.get("EMAIL_HOST_PASSWORD")}
    if not config["EMAIL_BACKEND"].endswith("smtp.EmailBackend"):
        options = {}
    else:
        options["timeout"] = 10  # one try stays well inside the minute that a claim lasts
    return {"backend": config["EMAIL_BACKEND"], "options": options}
