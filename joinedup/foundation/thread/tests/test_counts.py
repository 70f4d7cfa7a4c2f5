"""What is published of people: who owes answers, who was told, what they say. None can be worked out."""

import datetime
from collections import defaultdict
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.numbers.disclosure import Shown, shown, table
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.thread import ledger
from joinedup.foundation.thread.actions.hearing import say
from joinedup.foundation.thread.actions.telling import carry_on, tell
from joinedup.foundation.thread.chains import onwards
from joinedup.foundation.thread.plugs import Form, Owed, Part
from joinedup.foundation.thread.story import heard_of
from joinedup.foundation.thread.tests.conftest import BY, WORDS, Area, chain_of, telling_of

TODAY = timezone.localdate()
LONG_AGO = TODAY - datetime.timedelta(days=30)


def still_open(seen: dict[object, list[tuple[int, ...]]], place: int) -> bool:
    """Whether each thing that can be seen leaves two counts at least for that place."""
    return all(len({counts[place] for counts in behind}) >= 2 for behind in seen.values())


def test_waiting_and_late_of_one_organisation_give_neither_away() -> None:
    """Tried out: every count of people up to 24, with every count of late ones among them."""
    seen = defaultdict(list)
    for waiting in range(1, 25):
        for late in range(waiting + 1):
            seen[(shown(waiting), shown(late))].append((waiting, late, waiting - late))
    few = {what: behind for what, behind in seen.items() if what[0].is_hidden}
    assert still_open(few, 0)
    assert still_open({what: behind for what, behind in seen.items() if what[1].is_hidden}, 1)
    assert still_open(seen, 2), "nor how many are in time"


def test_a_ledger_of_two_organisations_gives_nothing_away_with_its_total() -> None:
    """Tried out: every ledger of two, late ones and all, as everyone sees it."""
    seen = defaultdict(list)
    pairs = [(waiting, late) for waiting in range(1, 14) for late in range(waiting + 1)]
    for (first, first_late), (second, second_late) in product(pairs, pairs):
        told = table({"a": first, "b": second})
        what = (*told.parts.values(), told.total, shown(first_late), shown(second_late))
        seen[what].append((first, second, first_late, second_late))
    for what, behind in seen.items():
        for place, part in ((0, what[0]), (1, what[1]), (2, what[3]), (3, what[4])):
            if isinstance(part, Shown) and part.is_hidden:
                assert len({counts[place] for counts in behind}) >= 2, (what, behind)


def test_told_confirmed_and_disputed_give_none_of_them_away() -> None:
    """Tried out: everyone told, of them some who confirm and some who dispute; the others said nothing."""
    seen = defaultdict(list)
    for told in range(1, 26):
        for yes in range(told + 1):
            for no in range(told - yes + 1):
                seen[(shown(told), shown(yes), shown(no))].append((told, yes, no))
    for what, behind in seen.items():
        for place, part in enumerate(what):
            if part.is_hidden:
                assert len({counts[place] for counts in behind}) >= 2, (what, behind)


@pytest.mark.django_db
class TestTheLedger:
    def test_has_a_line_for_each_organisation_from_whatever_kind_of_voice(
        self, area: Area, barts: Organisation
    ) -> None:
        area.owed = [Owed(barts.pk, 3, 1, TODAY), Owed(barts.pk, 2, 0, LONG_AGO), Owed(None, 1, 1, TODAY)]
        first, second = ledger.lines(TODAY)
        assert (first.name, first.waiting, first.late, first.days(TODAY)) == (barts.name, 5, 1, 30)
        assert (second.name, second.waiting) == ("", 1)

    def test_shows_everyone_rounded_counts_only(
        self, client: Client, area: Area, barts: Organisation, elft: Organisation
    ) -> None:
        area.owed = [Owed(barts.pk, 213, 41, LONG_AGO), Owed(elft.pk, 3, 0, TODAY)]
        page = client.get("/what-we-did/answers-owed/").content.decode()
        main = page.partition("<main")[2].partition("</main")[0]
        for hidden in ("213", "41", ">3<", "216"):
            assert hidden not in main
        for said in (">215<", ">40<", ">*<", "4 weeks", "less than a week"):
            assert said in main

    def test_shows_staff_exact_counts(
        self, as_officer: Client, area: Area, barts: Organisation, elft: Organisation
    ) -> None:
        area.owed = [Owed(barts.pk, 213, 41, LONG_AGO), Owed(elft.pk, 3, 0, TODAY)]
        page = as_officer.get("/workspace/what-came-of-it/answers-owed/").content.decode()
        assert "<td>213</td><td>41</td>" in page
        assert "216 people wait" in page

    def test_shows_partners_their_own_line_only(
        self, area: Area, barts: Organisation, elft: Organisation, other_partner: object, client_for: object
    ) -> None:
        area.owed = [Owed(barts.pk, 213, 41, LONG_AGO), Owed(elft.pk, 3, 0, TODAY), Owed(None, 9, 9, TODAY)]
        client = client_for(other_partner)  # type: ignore[operator]
        page = client.get("/workspace/what-came-of-it/answers-owed/").content.decode()
        assert "<td>3</td><td>0</td>" in page
        assert "213" not in page
        assert barts.name not in page.partition("<table")[2]
        assert "3 people wait" in page

    def test_is_not_for_strangers_and_says_so_when_nothing_is_owed(
        self, area: Area, stranger: object, as_officer: Client, client: Client, client_for: object
    ) -> None:
        address = "/workspace/what-came-of-it/answers-owed/"
        assert client_for(stranger).get(address).status_code == 403  # type: ignore[operator]
        assert "No answer is owed today." in as_officer.get(address).content.decode()
        assert "No answer is owed today." in client.get("/what-we-did/answers-owed/").content.decode()


@pytest.mark.django_db
class TestWhatThoseSayWhoWereTold:
    def test_counts_people_once_with_their_latest_word(self, area: Area) -> None:
        ends = chain_of(area, *[Form.EMAIL] * 10)
        rows = {}
        for part in (Part.DECISION, Part.PROJECT):
            telling = tell(telling=telling_of(ends[part]), text=WORDS, by=BY)
            carry_on(by=BY)
            rows[part] = list(telling.told.order_by("voice_key"))
        for row in (*rows[Part.DECISION], *rows[Part.PROJECT]):
            say(told=row, verdict="confirmed")
        found = heard_of(onwards(ends[Part.THEME]))
        assert found is not None
        assert (found.told, found.confirmed, found.disputed) == (shown(10), shown(10), shown(0))
        for row in rows[Part.PROJECT]:
            say(told=row, verdict="disputed")
        found = heard_of(onwards(ends[Part.THEME]))
        assert found is not None
        assert (found.confirmed, found.disputed) == (shown(0), shown(10))

    def test_is_nothing_before_anyone_was_told(self, area: Area) -> None:
        ends = chain_of(area, Form.EMAIL)
        tell(telling=telling_of(ends[Part.DECISION]), text=WORDS, by=BY)
        assert heard_of(onwards(ends[Part.THEME])) is None

    def test_stands_on_the_page_without_exact_counts(self, client: Client, area: Area) -> None:
        ends = chain_of(area, *[Form.REFERENCE] * 12)
        telling = tell(telling=telling_of(ends[Part.DECISION]), text=WORDS, by=BY)
        for row in telling.told.all()[:3]:
            say(told=row, verdict="disputed")
        page = client.get("/what-we-did/theme-1/").content.decode()
        main = page.partition("<main")[2].partition("</main")[0]
        assert "About 10 of those who spoke were told." in main
        assert "About 10 people told us" in main
        assert "<dd>a few</dd>" in main
        assert "<dd>0</dd>" in main
        assert " 12 " not in main
