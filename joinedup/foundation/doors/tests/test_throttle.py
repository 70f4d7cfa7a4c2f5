"""How often a door may be tried: per window, per action and per key, however patient someone is."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from joinedup.foundation.doors import throttle
from joinedup.foundation.doors.throttle import client_address, mailbox, too_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(settings, monkeypatch):
    """A clock that tests move; the cache keeps looking at the real one."""
    settings.RATES = {"try": (3, 3600), "other": (1, 60)}

    class Clock:
        now = 1_800_000_000.0

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def test_the_limit_is_the_number_of_tries(clock):
    assert [too_many("try", "a") for _try in range(5)] == [False, False, False, True, True]


def test_keys_and_actions_are_counted_apart(clock):
    for _try in range(4):
        too_many("try", "a")
    assert not too_many("try", "b")
    assert not too_many("other", "a")
    assert too_many("other", "a")


def test_a_new_window_begins_anew(clock):
    for _try in range(4):
        too_many("try", "a")
    clock.now += 3600
    assert not too_many("try", "a")


def test_an_action_without_a_limit_is_a_mistake(clock):
    with pytest.raises(KeyError):
        too_many("unknown", "a")


def test_the_key_is_kept_only_as_a_digest(clock):
    too_many("try", "ada@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM joinedup_cache")
        names = [name for (name,) in cursor.fetchall()]
    assert names
    assert not any("ada" in name for name in names)


def test_a_count_lasts_as_long_as_its_window(clock):
    """Django's `incr` sets the usual five minutes anew: whoever waits that long must not begin anew."""
    too_many("try", "a")
    too_many("try", "a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT expires FROM joinedup_cache")
        assert all(seconds_until(expires) > 3000 for (expires,) in cursor.fetchall())


def seconds_until(expires):
    moment = datetime.fromisoformat(expires) if isinstance(expires, str) else expires
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - datetime.now(tz=UTC)).total_seconds()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's test database cannot be shared by threads"
)
def test_tries_at_the_same_moment_are_all_counted(settings):
    settings.RATES = {"try": (10, 3600)}
    answers = []

    def work():
        try:
            answers.extend(too_many("try", "a") for _try in range(10))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert answers.count(False) == 10


class TestTheAddress:
    def request(self, rf, forwarded=None):
        extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
        return rf.get("/", REMOTE_ADDR="10.0.0.1", **extra)

    def test_without_proxies_what_a_visitor_claims_counts_for_nothing(self, rf, settings):
        settings.TRUSTED_PROXIES = 0
        assert client_address(self.request(rf, "1.1.1.1")) == "10.0.0.1"

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "address"),
        [
            (1, "203.0.113.9", "203.0.113.9"),
            (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
            (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
            (2, "203.0.113.9", "10.0.0.1"),
            (1, "", "10.0.0.1"),
            (1, " , ,", "10.0.0.1"),
            (1, None, "10.0.0.1"),
        ],
    )
    def test_behind_proxies_it_is_what_the_outermost_of_them_saw(
        self, rf, settings, proxies, forwarded, address
    ):
        settings.TRUSTED_PROXIES = proxies
        assert client_address(self.request(rf, forwarded)) == address

    @pytest.mark.parametrize(
        ("address", "counted"),
        [
            ("2001:db8:0:1::1", "2001:db8:0:1::"),
            ("2001:db8:0:1:ffff:ffff:ffff:ffff", "2001:db8:0:1::"),
            ("2001:DB8:0:1:0:0:0:2", "2001:db8:0:1::"),
            ("2001:db8:0:2::1", "2001:db8:0:2::"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9", "203.0.113.9"),
            ("not an address", "not an address"),
            ("", ""),
        ],
    )
    def test_all_addresses_of_one_network_of_the_new_kind_count_as_one_client(
        self, rf, settings, address, counted
    ):
        settings.TRUSTED_PROXIES = 0
        assert client_address(rf.get("/", REMOTE_ADDR=address)) == counted
        settings.TRUSTED_PROXIES = 1
        forwarded = address or "203.0.113.9"
        assert client_address(self.request(rf, forwarded)) == (counted or "203.0.113.9")

    def test_moving_about_in_ones_own_network_wins_no_tries(self, rf, clock, settings):
        settings.TRUSTED_PROXIES = 0
        answers = [
            too_many("try", client_address(rf.get("/", REMOTE_ADDR=f"2001:db8::{number:x}")))
            for number in range(1, 6)
        ]
        assert answers == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("email", "counted"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Ada+news@Example.org", "ada@example.org"),
        (" ada+a+b@example.org ", "ada@example.org"),
        ("ada@ex+ample.org", "ada@ex+ample.org"),
        ('"a@b"+x@example.org', '"a@b"@example.org'),
        ("+x@example.org", "@example.org"),
        ("no address", "@no address"),
        ("", "@"),
    ],
)
def test_a_mailbox_counts_once_however_its_address_is_tagged(email, counted):
    assert mailbox(email) == counted
