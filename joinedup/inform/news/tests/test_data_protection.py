"""What a person is told that we hold about them from events, and that it goes when they ask."""

import datetime

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection import plugs
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.inform.news.actions.forgetting import erase
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventSignUp

pytestmark = pytest.mark.usefixtures("site")


def holder() -> plugs.Holder:
    return next(each for each in plugs.holders() if each.key == "inform_news.sign_up")


def rule() -> plugs.Rule:
    return next(each for each in plugs.rules() if each.key == "inform_news.sign_up")


@pytest.mark.parametrize("who", [" Amina@Example.org ", "020 7946 0123", "+44 20 7946 0123"])
def test_a_person_is_found_by_address_or_phone_however_they_type_it(who: str) -> None:
    signed_up(
        event("Walk"),
        email="amina@example.org",
        phone="+442079460123",
        needs=("interpreter",),
        interpreter_language="so",
    )
    signed_up(event("Talk"), email="other@example.org")
    (entry,) = holder().find(who)
    assert (entry["event"], entry["name"], entry["people"]) == ("Walk", "Amina", 1)
    assert entry["what you need"] == ["An interpreter for another language"]
    assert entry["language of the interpreter"] == "Somali (Soomaali)"


@pytest.mark.parametrize("who", ["", " ", "nobody@example.org", "12", "THT-1"])
def test_nobody_is_found_by_nothing(who: str) -> None:
    signed_up(event())
    assert holder().find(who) == []


def test_erasing_empties_the_rows_and_gives_the_places_away(privacy_officer: User) -> None:
    page = event(max_places=1)
    gone = signed_up(page, email="amina@example.org")
    waiting = signed_up(page, email="second@example.org")
    assert erase(who="amina@example.org", by=privacy_officer) == 1
    for row in (gone, waiting):
        row.refresh_from_db()
    assert (gone.state, gone.name, gone.email, waiting.state) == ("withdrawn", "", "", "placed")
    assert holder().find("amina@example.org") == []
    assert AuditEvent.objects.filter(verb="inform_news.erase").count() == 1
    assert erase(who="amina@example.org", by=privacy_officer) == 0


def test_others_erase_nothing(editor: User, stranger: User) -> None:
    signed_up(event(), email="amina@example.org")
    for nobody in (VISITOR, stranger, editor):
        with pytest.raises(PermissionRefused):
            erase(who="amina@example.org", by=nobody)
    assert EventSignUp.objects.standing().exists()


def test_the_rule_counts_before_it_deletes(privacy_officer: User) -> None:
    page = event()
    signed_up(page)
    later = page.end_at + datetime.timedelta(days=28)
    assert rule().due(page.end_at) == 0
    assert rule().due(later) == 1
    assert EventSignUp.objects.exists()
    assert rule().forget(privacy_officer, later) == 1
