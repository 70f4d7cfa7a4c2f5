"""The lists of what the database roles may do speak of every table, once, with a reason."""

import io

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from joinedup.config.grants import lists
from joinedup.config.house.fields import LIBRARY_TABLES


def test_every_table_is_open_or_closed_to_the_public_site() -> None:
    assert lists.faults(lists.known_tables()) == []


@pytest.mark.django_db
def test_so_is_every_table_that_only_the_database_knows() -> None:
    assert lists.faults(lists.tables_there_are()) == []


def test_a_table_nobody_decided_about_is_named() -> None:
    assert lists.faults(lists.known_tables() | {"inform_news_signup"}) == [
        "inform_news_signup: neither open nor closed in public.toml"
    ]


def test_a_row_for_a_table_that_is_gone_is_named() -> None:
    assert lists.faults(lists.known_tables() - {"inform_pages_notice", "django_migrations"}) == [
        "django_migrations: in public.toml, but no such table",
        "django_migrations: in workspace.toml, but no such table",
        "inform_pages_notice: in public.toml, but no such table",
    ]


def test_care_is_never_open(monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all = {
        **lists.public(),
        "coordinate_people_person": lists.Grant(("SELECT",), "no reason is good"),
    }
    monkeypatch.setattr(lists, "public", lambda: open_to_all)
    assert lists.faults(lists.known_tables() | {"coordinate_people_person"}) == [
        "coordinate_people_person: care and the public site share no table"
    ]


def test_a_verb_that_is_none_and_a_missing_reason_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**lists.public(), "inform_pages_notice": lists.Grant(("TRUNCATE",), " ")}
    monkeypatch.setattr(lists, "public", lambda: wrong)
    assert lists.faults(lists.known_tables()) == [
        "inform_pages_notice: TRUNCATE in public.toml is no verb",
        "inform_pages_notice: no reason in public.toml",
    ]


def test_nothing_that_holds_a_secret_can_be_read_by_the_public_site() -> None:
    """Secrets of our own models, and library tables that say they hold some. Two are the person's own."""
    own = {"inform_newsletter_subscriber", "involve_contributions_contribution", "joinedup_cache"}
    secret = {
        model._meta.db_table
        for model in apps.get_models()
        if "secret" in getattr(model, "personal_data", {}).values()
        or LIBRARY_TABLES.get(model._meta.label_lower, "").startswith("secret")
    }
    readable = {table for table, grant in lists.public().items() if "SELECT" in grant.verbs}
    assert secret
    assert (secret & readable) - own == set()


# Whoever takes back a place at an event makes room for someone who waits, and who is written to at once.
NEEDED = {
    "inform_news_eventsignup": {
        *("event_id", "state", "told", "people", "created_at", "withdrawn_at"),
        *("email", "language"),
    }
}


def test_columns_that_may_be_read_exist_and_hold_nobodys_words() -> None:
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, grant in lists.public().items():
        if grant.columns:
            fields = {field.column: field.name for field in models[table]._meta.local_concrete_fields}
            assert set(grant.columns) <= fields.keys(), table
            classes = models[table].personal_data
            columns = set(grant.columns) - NEEDED.get(table, set())
            assert {classes[fields[column]] for column in columns} <= {"none", "pseudonym"}, table


def test_the_workspace_cannot_rewrite_the_record() -> None:
    rights = lists.workspace(lists.known_tables())
    assert rights["foundation_audit_auditevent"].verbs == ("SELECT", "INSERT")
    assert rights["django_migrations"].verbs == ("SELECT",)
    assert rights["involve_contributions_contribution"].verbs == ("SELECT", "INSERT", "UPDATE", "DELETE")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has roles")
def test_on_sqlite_the_command_looks_at_the_lists_and_says_so() -> None:
    told = io.StringIO()
    call_command("grant_roles", stdout=told)
    assert "SQLite has no roles" in told.getvalue()


@pytest.mark.django_db
def test_the_command_names_what_the_lists_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "tables_there_are", lambda: lists.known_tables() | {"new_table"})
    with pytest.raises(CommandError, match="new_table: neither open nor closed"):
        call_command("grant_roles")
