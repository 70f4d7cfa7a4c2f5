"""What a person reads at their reference of what came of it, and what goes when they take it back."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.hearing import reply, say
from joinedup.foundation.thread.actions.leaving import leave
from joinedup.foundation.thread.actions.telling import carry_on, tell
from joinedup.foundation.thread.chains import who_spoke
from joinedup.foundation.thread.models import Link, Told
from joinedup.foundation.thread.plugs import Form, Part
from joinedup.foundation.thread.tests.conftest import BY, WORDS, Area, chain_of, telling_of, told_people
from joinedup.foundation.thread.told import news_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class TestWhatTheyWereTold:
    def test_stands_there_with_its_day_form_and_the_way_to_say_whether_it_changed(
        self, area: Area, client: Client
    ) -> None:
        told_people(area, Form.EMAIL)
        carry_on(by=BY)
        [news] = news_of(("test.voice", 1))
        assert (news.on, news.title, news.text, news.form) == (TODAY, "decision 1", WORDS, "email")
        client.post(news.path, {"verdict": "disputed"})
        [news] = news_of(("test.voice", 1))
        assert (news.verdict, news.waits) == ("disputed", True)

    def test_is_not_there_before_they_were_told(self, area: Area) -> None:
        told_people(area, Form.EMAIL, Form.PHONE)
        assert news_of(("test.voice", 1)) == news_of(("test.voice", 2)) == []

    def test_is_theirs_alone(self, area: Area) -> None:
        told_people(area, Form.REFERENCE, Form.NOBODY)
        assert len(news_of(("test.voice", 1))) == 1
        assert news_of(("test.voice", 2)) == []

    def test_does_not_name_what_not_everyone_may_read_of(self, area: Area) -> None:
        told_people(area, Form.REFERENCE)
        area.put(Part.DECISION, public=False)
        [news] = news_of(("test.voice", 1))
        assert (news.title, news.text) == ("", WORDS)

    def test_carries_our_reply(self, area: Area) -> None:
        [told] = told_people(area, Form.REFERENCE)
        say(told=told, verdict="disputed")
        reply(told=told, text="We look again.", by=BY)
        [news] = news_of(("test.voice", 1))
        assert (news.reply, news.waits) == ("We look again.", False)

    def test_stands_with_the_latest_on_top(self, area: Area) -> None:
        ends = chain_of(area, Form.REFERENCE)
        for part in (Part.DECISION, Part.PROJECT):
            tell(telling=telling_of(ends[part]), text=WORDS, by=BY)
        long_ago = TODAY - datetime.timedelta(days=40)
        Told.objects.filter(telling__about_kind="test.project").update(told_on=long_ago)
        assert [news.title for news in news_of(("test.voice", 1))] == ["decision 1", "project 1"]


class TestTakingItBack:
    def test_ends_what_counts_and_forgets_what_they_said_to_it(self, area: Area) -> None:
        ends = chain_of(area, Form.REFERENCE, Form.REFERENCE)
        telling = tell(telling=telling_of(ends[Part.DECISION]), text=WORDS, by=BY)
        for row in telling.told.all():
            say(told=row, verdict="disputed")
            reply(told=row, text="We look again.", by=BY)
        leave(voice=("test.voice", 1))
        leave(voice=("test.voice", 1))
        assert who_spoke([ends[Part.THEME]])[ends[Part.THEME]].people == 1
        gone = Told.objects.get(voice_key=1)
        assert (gone.verdict, gone.reply, gone.waits_for_reply) == ("", "", False)
        assert Told.objects.get(voice_key=2).reply == "We look again."

    def test_keeps_the_link_on_record(self, area: Area) -> None:
        tie(start=area.voice(1), end=area.put(Part.THEME), on=TODAY, by=BY)
        leave(voice=("test.voice", 1))
        assert Link.objects.get().ended_by_kind == "visitor"
