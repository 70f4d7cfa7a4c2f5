"""The front page of the workspace: what needs this person today, and nobody else's work."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation import worklist
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission
from joinedup.foundation.worklist import Need, Source
from joinedup.involve.cases.factories import opened

pytestmark = pytest.mark.django_db
HERE = "/workspace/"
TODAY = timezone.localdate()


def need(words: str, days: int | None = None, *, urgent: bool = False, about: str = "") -> Need:
    due_on = None if days is None else TODAY + datetime.timedelta(days=days)
    return Need(words, "/workspace/", due_on, about, urgent)


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sources of these needs only."""
    monkeypatch.setattr(worklist, "_sources", {})

    def plugged(key: str, *needs: Need, permission: Permission = Permission.WORKSPACE_ENTER) -> None:
        worklist.register(Source(key, key.title(), permission, lambda _user, _day: needs))

    return plugged


def main(client: Client) -> str:
    answer = client.get(HERE)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main")[0]


def test_says_so_when_nothing_waits(plug: Callable[..., None], officer: User, client_for: Callable) -> None:  # type: ignore[type-arg]
    assert "Nothing waits for you. Thank you." in main(client_for(officer))


def test_names_what_is_late_due_today_and_due_later(
    plug: Callable[..., None],
    officer: User,
    client_for: Callable[[User], Client],
) -> None:
    plug("answers", need("Ring back", -2), need("Write", 0), need("Read", 5), need("Whenever"))
    page = main(client_for(officer))
    assert "4 things to do, 1 of them late" in re.sub(r"\s+", " ", page)
    assert page.index("Ring back") < page.index("Write") < page.index("Read") < page.index("Whenever")
    assert page.count("Late</") == 1
    assert page.count("Due today") == 1
    assert "Was due on" in page


def test_what_may_do_harm_stands_on_top_and_says_so(
    plug: Callable[..., None], officer: User, client_for: Callable[[User], Client]
) -> None:
    plug("answers", need("Long overdue", -90))
    plug("safety", need("Read this first", 3, urgent=True))
    page = main(client_for(officer))
    assert page.index("Read this first") < page.index("Long overdue")
    assert "Urgent" in page


def test_escapes_what_it_is_about(
    plug: Callable[..., None], officer: User, client_for: Callable[[User], Client]
) -> None:
    plug("answers", need("Read", about="<b>lift</b>"))
    assert "<b>lift</b>" not in main(client_for(officer))


def test_asks_no_source_for_what_the_person_may_not_do(
    plug: Callable[..., None], partner: User, client_for: Callable[[User], Client]
) -> None:
    plug("news", need("Tell people"), permission=Permission.THREAD_TELL)
    assert "Tell people" not in main(client_for(partner))


def test_nobody_sees_the_work_of_another_organisation(
    barts: Organisation,
    officer: User,
    partner: User,
    other_partner: User,
    client_for: Callable[[User], Client],
) -> None:
    case = opened(barts, officer, title="Lift that stands still")
    assert case.reference in main(client_for(partner))
    page = main(client_for(other_partner))
    assert case.reference not in page
    assert "Lift that stands still" not in page


def test_is_not_for_strangers_and_the_signed_out(
    stranger: User, client: Client, client_for: Callable[[User], Client]
) -> None:
    assert client_for(stranger).get(HERE).status_code == 403
    assert client.get(HERE).status_code == 302


@pytest.mark.parametrize("who", ["officer", "partner", "privacy_officer"])
def test_costs_no_more_than_so_much_however_much_waits(
    who: str,
    barts: Organisation,
    request: pytest.FixtureRequest,
    client_for: Callable[[User], Client],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    officer = request.getfixturevalue("officer")
    client = client_for(request.getfixturevalue(who))
    for number in range(25):
        opened(barts, officer, title=f"Lift {number}")
    client.get(HERE)
    with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
        client.get(HERE)
