"""What people type who need help now, another language or sign language leads there first.

The rows stand in `in_need.toml`; unlike the sixty queries they were written with the lists before them.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from joinedup.inform.search.asking import understand
from joinedup.inform.search.tests.quality import first

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS = tomllib.loads((Path(__file__).parent / "in_need.toml").read_text(encoding="utf-8"))["query"]


def faults(row: dict[str, Any], text: str) -> list[str]:
    found = first(text, row.get("language", "en"))
    wanted = row.get("first")
    wrong = []
    if wanted is not None and set(found[: max(1, len(wanted))]) != set(wanted):
        wrong.append(f"{text!r} leads to {found}, not first to {wanted}")
    if found and found[0] in row.get("not_first", ()):
        wrong.append(f"{text!r} leads to {found[0]} first")
    if understand(text).is_urgent is not row["urgent"]:
        wrong.append(f"{text!r} is {'' if row['urgent'] else 'not '}a call for help")
    return wrong


def test_people_in_need_are_led_there_first() -> None:
    call_command("load_sample", verbosity=0)
    assert [fault for row in ROWS for text in row["words"] for fault in faults(row, text)] == []
