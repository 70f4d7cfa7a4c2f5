"""Organisations as a file of facts names them, added through actions. A second run changes nothing."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from joinedup.foundation.organisations import actions
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor

_DAYS = ("started_earliest", "started_latest", "ended_earliest", "ended_latest")
_FIELDS = (
    "name",
    "short_name",
    "kind",
    "role",
    "ods_code",
    "charity_number",
    "website",
    "contact_email",
    "contact_phone",
)
_START = ("started_earliest", "started_latest", "started_words", "started_source")
_END = ("earliest", "latest", "words", "source")


def _day(value: Any) -> Any:
    """Days come as TOML dates or as text like 2017-08-11."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _load_membership(organisation: Organisation, row: Mapping[str, Any], by: Actor) -> None:
    said = {name: _day(value) if name in _DAYS else value for name, value in row.items()}
    known = organisation.memberships.filter(
        started_latest=said["started_latest"], started_words=said["started_words"]
    )
    if known.exists():
        return
    start = {name: said[name] for name in _START if name in said}
    membership = actions.start_membership(organisation=organisation, by=by, **start)
    if said.get("ended_latest"):
        end = {name: said[f"ended_{name}"] for name in _END}
        actions.end_membership(membership=membership, by=by, **end)


def load(*, by: Actor, organisations: Iterable[Mapping[str, Any]]) -> None:
    """Add the organisations that are not there yet, by name, and their memberships.

    `organisations` are rows with the fields of the model and a list `membership` of rows with
    theirs; keys that are not fields, such as `note`, are for people and are passed over. What staff
    changed since is left as it is.
    """
    for row in organisations:
        organisation = Organisation.objects.filter(name=row["name"]).first()
        if organisation is None:
            fields = {name: row[name] for name in _FIELDS if name in row}
            organisation = actions.add(by=by, **fields)
        for membership in row.get("membership", ()):
            _load_membership(organisation, membership, by)
