"""The record of processing comes from the code and is never out of date."""

import pytest
from django.apps import apps
from django.core.management import call_command

from joinedup.config.house import processing


def test_the_file_says_what_the_code_says() -> None:
    assert processing.is_up_to_date(), "run: manage.py processing_record --write"


def test_every_table_about_people_is_in_it() -> None:
    text = processing.record()
    about_people = {
        model._meta.label
        for model in apps.get_models()
        if set(getattr(model, "personal_data", {}).values()) - {"none"}
    }
    assert {label for label in about_people if f"## {label}\n" not in text} == set()
    assert "involve_contributions.Contribution" in about_people


def test_it_says_basis_and_time_of_each() -> None:
    parts = processing.record().split("\n## ")[1:-1]
    assert [p for p in parts if "- lawful basis: " not in p or "- kept: " not in p] == []


def test_tables_without_people_are_left_out() -> None:
    assert "foundation_freshness.Stamp" not in processing.record()


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("processing_record")
    assert capsys.readouterr().out == processing.record()
