"""What is read first, and working down the list."""

import datetime
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.worklist import for_user
from joinedup.involve.cases.factories import opened
from joinedup.involve.contributions.actions.speaking import add_words, withdraw
from joinedup.involve.contributions.factories import BY_LETTER, sent
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.sorting import access
from joinedup.involve.sorting.actions import decide
from joinedup.involve.sorting.models import Sorting
from joinedup.involve.sorting.views import PER_PAGE

pytestmark = pytest.mark.django_db
AT = "/workspace/triage/"


@pytest.fixture
def council(db):
    return Organisation.objects.create(name="Council", slug="council", kind=Organisation.Kind.COUNCIL)


def said(**changes):
    return sent(**changes).contribution


def due(contribution, days):
    day = timezone.localdate() + datetime.timedelta(days=days)
    Contribution.objects.filter(pk=contribution.pk).update(answer_by_on=day, read_by_on=day)
    return contribution


def order(user):
    return list(access.queue(user))


class TestTheOrder:
    def test_what_is_owed_first_stands_first(self, officer, hinted):
        late, soon, later = (due(hinted(said()), days) for days in (-3, 1, 9))
        assert order(officer) == [late, soon, later]

    def test_what_may_be_pressing_stands_before_that(self, officer, hinted):
        late, pressing = due(hinted(said()), -3), due(hinted(said(), is_pressing=True), 9)
        assert order(officer) == [pressing, late]

    def test_so_do_words_of_danger(self, officer, hinted):
        late, danger = due(hinted(said()), -3), due(hinted(said(), has_danger_words=True), 9)
        assert order(officer) == [danger, late]

    def test_so_does_what_the_sorter_has_not_seen(self, officer, hinted):
        late, unseen = due(hinted(said()), -3), due(said(), 9)
        assert order(officer) == [unseen, late]

    def test_or_can_say_nothing_of(self, officer, hinted):
        late, mute = due(hinted(said()), -3), due(hinted(said(), label=""), 9)
        assert order(officer) == [mute, late]

    def test_among_those_what_is_owed_first(self, officer, hinted):
        unseen, pressing = due(said(), 5), due(hinted(said(), is_pressing=True), 2)
        assert order(officer) == [pressing, unseen]

    def test_new_words_have_not_been_seen_by_the_sorter(self, officer, hinted):
        late, more = due(hinted(said()), -3), due(hinted(said()), 9)
        add_words(contribution=more, text="He hits me.", once="x" * 30)
        assert order(officer) == [more, late]

    def test_what_was_sorted_is_gone(self, officer, theme):
        decide(contribution=said(), theme=theme, by=officer)
        assert order(officer) == []

    def test_and_comes_back_when_its_person_says_more(self, officer, theme):
        one = said()
        decide(contribution=one, theme=theme, by=officer)
        add_words(contribution=one, text="He hits me.", once="x" * 30)
        assert order(officer) == [one]
        decide(contribution=one, theme=theme, is_urgent=True, by=officer)
        assert order(officer) == []

    def test_what_was_taken_back_is_gone(self, officer):
        withdraw(contribution=said())
        assert order(officer) == []

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer"])
    def test_nobody_else_has_one(self, who, request):
        said()
        assert order(request.getfixturevalue(who)) == []


@pytest.fixture
def desk(officer, client_for):
    return client_for(officer)


class TestThePage:
    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer", "editor", "administrator"])
    def test_others_are_refused(self, who, request, client_for):
        client, one = client_for(request.getfixturevalue(who)), said()
        for path in (AT, f"{AT}{one.reference}/"):
            assert {client.get(path).status_code, client.post(path).status_code} == {403}

    def test_words_stand_there_as_they_were_written(self, desk):
        said(words="<script>alert(1)</script> I waited.")
        page = desk.get(AT).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; I waited." in page

    def test_needs_stand_there_and_names_do_not(self, desk):
        said(**BY_LETTER, needs=("interpreter",))
        page = desk.get(AT).content.decode()
        assert "An interpreter" in page
        assert "Amina Begum" not in page

    def test_a_search_finds_words(self, desk):
        lift, soup = said(words="The lift"), said(words="The soup")
        page = desk.get(f"{AT}?q=soup").content.decode()
        assert soup.reference in page
        assert lift.reference not in page

    def test_a_theme_shows_what_is_suggested_for_it(self, desk, hinted, theme):
        food, other = hinted(said()), hinted(said(), label="Smoking")
        page = desk.get(f"{AT}?theme={theme.pk}").content.decode()
        assert food.reference in page
        assert other.reference not in page

    @pytest.mark.parametrize("query", ["theme=999", "theme=x", "q=%00", "page=999", "page=x"])
    def test_odd_addresses_break_nothing(self, query, desk):
        said()
        assert desk.get(f"{AT}?{query}").status_code == 200

    def test_a_suggestion_from_older_words_is_not_shown(self, desk, hinted):
        one = hinted(said())
        assert "Perhaps Food" in desk.get(AT).content.decode()
        add_words(contribution=one, text="More", once="x" * 30)
        page = desk.get(AT).content.decode()
        assert "Perhaps Food" not in page
        assert "Not looked at by the sorter yet" in page

    def test_an_empty_list_says_so(self, desk):
        assert "Nothing waits to be sorted" in desk.get(AT).content.decode()

    def test_one_button_is_filled(self, desk):
        one = said()
        for path in (AT, f"{AT}{one.reference}/"):
            page = desk.get(path).content.decode()
            assert len(re.findall(r'class="nhsuk-button jo-button"', page[page.index("<main") :])) == 1, path

    def test_keys_are_an_extra_to_links_boxes_and_buttons(self, desk):
        one = said()
        page = desk.get(AT).content.decode()
        main = page[page.index("<main") :]
        assert 'src="/static/sorting/keys.js" defer' in page
        assert f'href="{AT}{one.reference}/"' in main
        assert re.search(rf'<input[^>]*type="checkbox" name="chosen" value="{one.reference}"', main)
        assert "onclick" not in main
        script = (Path(__file__).parents[1] / "static/sorting/keys.js").read_text()
        assert "fetch" not in script

    @pytest.mark.parametrize("at", [AT, f"{AT}?q=lift", f"{AT}?theme={{theme}}", "/workspace/"])
    def test_the_database_is_asked_as_often_for_six_as_for_sixty(self, at, desk, hinted, theme):
        first = said()
        counts = []
        for rows in (6, 60):
            while Contribution.objects.count() < rows:
                hinted(said(), near_id=first.pk, likeness=0.9)
            address = at.format(theme=theme.pk)
            desk.get(address)
            with CaptureQueriesContext(connection) as questions:
                desk.get(address)
            counts.append(len(questions))
        assert counts[0] == counts[1] <= 20

    def test_each_page_holds_what_comes_after_the_one_before(self, desk, officer):
        many = [due(said(), days) for days in range(PER_PAGE + 3)]
        pages = [desk.get(f"{AT}?page={page}") for page in (1, 2)]
        shown = [row for page in pages for row in page.context["rows"]]
        assert shown == many == order(officer)
        assert [len(page.context["rows"]) for page in pages] == [PER_PAGE, 3]
        assert f"{len(many)} to sort" in pages[1].content.decode()

    def test_a_search_with_two_matches_in_one_shows_it_once(self, desk):
        one = said(words="The soup")
        add_words(contribution=one, text="More soup", once="x" * 30)
        page = desk.get(f"{AT}?q=soup")
        assert page.context["rows"] == [one]
        assert "1 to sort" in page.content.decode()


class TestKeys:
    def test_they_stand_in_the_order_of_the_queue(self, officer, hinted):
        late, pressing = due(hinted(said()), -3), due(hinted(said(), is_pressing=True), 9)
        keys = access.keys(access.queue(officer))
        assert keys == [pressing.pk, late.pk]
        assert list(access.with_keys(officer, reversed(keys))) == [pressing, late]

    @pytest.mark.parametrize("who", ["partner", "stranger"])
    def test_they_open_nothing_to_others(self, who, request):
        assert list(access.with_keys(request.getfixturevalue(who), [said().pk])) == []


class TestSeveralAtOnce:
    def test_those_chosen_go_under_the_theme(self, desk, theme):
        one, other, left = said(), said(), said()
        desk.post(AT, {"chosen": [one.reference, other.reference], "theme": theme.pk, "step": "theme"})
        assert set(Sorting.objects.values_list("contribution", flat=True)) == {one.pk, other.pk}
        assert left.reference in desk.get(AT).content.decode()

    def test_or_into_a_case(self, desk):
        one, other = said(), said()
        answer = desk.post(AT, {"chosen": [one.reference, other.reference], "step": "case"})
        assert answer.headers["Location"].startswith("/workspace/cases/open/?with=")
        assert other.reference in answer.headers["Location"]

    def test_none_chosen_is_said(self, desk, theme):
        said()
        page = desk.post(AT, {"theme": theme.pk, "step": "theme"}).content.decode()
        assert "Choose at least one from the list." in page

    def test_no_theme_is_said_and_the_ticks_stay(self, desk):
        one = said()
        page = desk.post(AT, {"chosen": [one.reference], "step": "theme"}).content.decode()
        assert "Choose a theme" in page
        assert re.search(rf'value="{one.reference}"[^>]*checked', page)

    def test_one_sorted_by_someone_else_meanwhile_stops_all(self, desk, theme, officer):
        one, gone = said(), said()
        decide(contribution=gone, theme=None, by=officer)
        page = desk.post(AT, {"chosen": [one.reference, gone.reference], "theme": theme.pk, "step": "theme"})
        assert "Some of what you chose is sorted by now" in page.content.decode()
        assert re.search(rf'value="{one.reference}"[^>]*checked', page.content.decode())
        assert Sorting.objects.count() == 1

    @pytest.mark.parametrize("foreign", ["THT-0000-0000", "<script>", "' OR 1=1 --", "x" * 5000])
    def test_a_reference_that_is_not_on_the_page_is_refused(self, foreign, desk, theme):
        said()
        page = desk.post(AT, {"chosen": [foreign], "theme": theme.pk, "step": "theme"}).content.decode()
        assert "Some of what you chose" in page
        assert not Sorting.objects.exists()

    def test_one_on_another_page_is_not_taken_along(self, desk, theme):
        for days in range(25):
            due(said(), days)
        last = due(said(), 99)
        desk.post(AT, {"chosen": [last.reference], "theme": theme.pk, "step": "theme"})
        assert not Sorting.objects.exists()
        desk.post(f"{AT}?page=2", {"chosen": [last.reference], "theme": theme.pk, "step": "theme"})
        assert Sorting.objects.get().contribution == last


class TestOne:
    def test_it_begins_with_what_is_suggested(self, desk, hinted, theme):
        page = desk.get(f"{AT}{hinted(said()).reference}/").content.decode()
        assert re.search(rf'<option value="{theme.pk}" selected', page)

    def test_then_with_what_was_decided(self, desk, hinted, officer, other_theme):
        one = hinted(said())
        decide(contribution=one, theme=other_theme, by=officer)
        page = desk.get(f"{AT}{one.reference}/").content.decode()
        assert re.search(rf'<option value="{other_theme.pk}" selected', page)

    def test_the_next_one_follows(self, desk, theme):
        one, other = due(said(), 1), due(said(), 2)
        answer = desk.post(f"{AT}{one.reference}/", {"theme": theme.pk, "tone": ""})
        assert answer.headers["Location"] == f"{AT}{other.reference}/"

    def test_after_the_last_comes_the_list(self, desk):
        assert desk.post(f"{AT}{said().reference}/", {"tone": ""}).headers["Location"] == AT

    def test_an_urgent_one_goes_to_a_case_at_once(self, desk):
        one = said()
        answer = desk.post(f"{AT}{one.reference}/", {"tone": "", "is_urgent": "on"})
        assert answer.headers["Location"] == f"/workspace/cases/open/?with={one.reference}&risk=1"

    def test_what_was_taken_back_leads_to_the_list(self, desk):
        one = said()
        withdraw(contribution=one)
        assert desk.get(f"{AT}{one.reference}/").headers["Location"] == AT
        assert desk.post(f"{AT}{one.reference}/", {"tone": ""}).headers["Location"] == AT

    def test_an_unknown_one_is_not_found(self, desk):
        assert desk.get(f"{AT}THT-0000-0000/").status_code == 404


class TestWhatNeedsYouToday:
    def words(self, user):
        return [need.words for pile in for_user(user, timezone.localdate()) for need in pile.needs]

    def test_an_urgent_one_stands_on_top_until_it_is_in_a_case(self, officer, council):
        one = said()
        said()
        decide(contribution=one, theme=None, is_urgent=True, by=officer)
        assert self.words(officer)[0] == f"Act on {one.reference}: someone may come to harm"
        opened(council, officer, one)
        assert not any(one.reference in words for words in self.words(officer))

    def test_or_until_someone_says_that_it_is_not(self, officer):
        one = said()
        decide(contribution=one, theme=None, is_urgent=True, by=officer)
        decide(contribution=one, theme=None, is_urgent=False, by=officer)
        assert not any("harm" in words for words in self.words(officer))

    def test_a_stranger_and_a_partner_have_nothing_to_sort(self, stranger, partner):
        said()
        assert self.words(stranger) == self.words(partner) == []
