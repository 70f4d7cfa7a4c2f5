"""Measures as the public site's PostgreSQL role reads them: all of the pages, and nothing of who decided."""

import datetime
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from joinedup.config import settings as house_settings
from joinedup.config.faces import Belongs, middleware
from joinedup.config.tests.acting import acting_as, make_roles
from joinedup.foundation.permissions import System
from joinedup.govern.outcomes import actions, sample
from joinedup.govern.outcomes.models import Measure

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]
ADDRESS = "/measures/health-index"


@pytest.fixture
def visitor(settings: Any) -> Any:
    """A visitor of the public face, after limits were set anew and another definition began."""
    by = System("load_sample")
    sample.load(by=by)
    row = Measure.objects.get(slug="health-index")
    actions.set_anew(measure=row, on=datetime.date(2018, 1, 1), reason="A reason.", by=by)
    begins_on = datetime.date(2020, 1, 1)
    actions.change(
        measure=row, version=1, by=by, counts="Else.", what_changed="It changed.", begins_on=begins_on
    )
    settings.FACE = Belongs.PUBLIC
    settings.MIDDLEWARE = middleware(Belongs.PUBLIC, house_settings._MIDDLEWARE)
    with acting_as(make_roles()[0]):
        yield Client()


def test_every_page_and_file_is_served_with_reasons_and_changes(visitor: Client) -> None:
    for path in ("/measures/", f"{ADDRESS}/", f"{ADDRESS}.csv"):
        assert visitor.get(path).status_code == 200, path
    html = visitor.get(f"{ADDRESS}/").content.decode()
    assert "A reason." in html
    assert "It changed." in html


@pytest.mark.parametrize("table", ["rebase", "redefinition"])
def test_who_decided_is_not_readable(visitor: Client, table: str) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(f"SELECT made_by_id FROM govern_outcomes_{table}")


def test_nothing_is_written(visitor: Client) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute("DELETE FROM govern_outcomes_observation")
