"""A trap that people never see, and a key that makes a double click one row."""

import pytest
from django import forms

from joinedup.foundation.doors.trap import OnceField, TrapField


class Asked(forms.Form):
    name = forms.CharField()
    more = TrapField()
    once = OnceField()


def sent(**fields):
    form = Asked({"name": "Ada"} | fields)
    assert form.is_valid(), form.errors
    return form.cleaned_data


class TestTheTrap:
    @pytest.mark.parametrize("value", ["http://buy.example", "x" * 5000, "\0", " "])
    def test_whatever_is_in_it_is_handed_to_the_door_without_complaint(self, value):
        assert sent(more=value)["more"] == value

    def test_left_alone_it_is_empty(self):
        assert sent()["more"] == ""

    def test_it_is_drawn_out_of_sight_and_out_of_the_way(self):
        html = str(Asked())
        trap = html[html.index("jo-trap") :].partition("</div>")[0]
        assert 'aria-hidden="true"' in trap
        assert 'tabindex="-1"' in trap
        assert 'autocomplete="off"' in trap
        assert "<label" in trap


class TestTheKey:
    def test_each_form_gets_its_own(self):
        keys = {Asked()["once"].value() for _form in range(50)}
        assert len(keys) == 50
        assert all(20 <= len(key) <= 60 for key in keys)

    def test_the_same_form_sent_twice_carries_the_same_key(self):
        key = Asked()["once"].value()
        assert sent(once=key)["once"] == sent(once=key)["once"] == key

    @pytest.mark.parametrize("value", ["", "short", "x" * 61, "x" * 30 + "\n", "অ" * 30, "\0" * 30])
    def test_one_that_is_missing_or_altered_is_replaced_and_nothing_is_lost(self, value):
        first, second = sent(once=value)["once"], sent(once=value)["once"]
        assert value not in (first, second)
        assert first != second
        assert 20 <= len(first) <= 60

    def test_it_is_hidden(self):
        assert Asked().fields["once"].widget.is_hidden
