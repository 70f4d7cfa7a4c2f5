"""What the sorter suggests, and what it leaves to people."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.involve.sorting.engine import NOTHING, Sorter, Suggestion

ANY_TEXT = st.text(max_size=60)


class TestASuggestion:
    def test_names_the_theme_that_was_learnt(self, small: Sorter) -> None:
        found = small.suggest(["the soup was cold", "a rude receptionist", "nobody rang me back"])
        assert [one.theme_p0 for one in found] == ["Food", "Staff/Staff Attitude", "Communication"]

    def test_tells_praise_from_complaint(self, small: Sorter) -> None:
        praise, complaint = small.suggest(
            ["lovely, excellent in every way", "terrible, dreadful, never again"]
        )
        assert (praise.sentiment3, complaint.sentiment3) == ("positive", "negative")
        assert praise.criticality > 0 > complaint.criticality
        assert praise.sentiment5 < complaint.sentiment5
        assert praise.severe < complaint.severe

    def test_shows_which_words_weighed(self, small: Sorter) -> None:
        words = small.suggest(["and then the soup was cold"])[0].words
        assert 1 <= len(words) <= 3
        assert any("soup" in word for word in words)

    def test_shows_words_of_the_comment_only(self, small: Sorter) -> None:
        text = "friendly nurses on the ward, thank you"
        assert all(word in text for word in small.suggest([text])[0].words)

    def test_is_the_same_without_its_words(self, small: Sorter) -> None:
        with_words, without = (
            small.suggest(["the soup was cold"], with_words=asked)[0] for asked in (True, False)
        )
        assert without == dataclasses.replace(with_words, words=())

    def test_is_plain_python(self, small: Sorter) -> None:
        found = small.suggest(["the soup was cold"])[0]
        assert [
            type(part) for part in (found.criticality, found.sentiment5, found.confidence, found.severe)
        ] == [
            int,
            int,
            float,
            float,
        ]

    @settings(max_examples=60)
    @given(text=ANY_TEXT)
    def test_keeps_within_bounds_for_any_text(self, small: Sorter, text: str) -> None:
        found = small.suggest([text])[0]
        assert 0 <= found.confidence <= 1
        assert 0 <= found.severe <= 1
        assert -4 <= found.criticality <= 4
        assert 1 <= found.sentiment5 <= 5
        assert (found == NOTHING) == (not any(sign.isalnum() for sign in text))


class TestNoWords:
    @pytest.mark.parametrize("text", ["", " \n\t", "?!", "-- ...", "\U0001f375"])
    def test_no_theme_and_first_to_be_read(self, small: Sorter, text: str) -> None:
        assert small.suggest([text]) == [Suggestion("", "", 0, "neutral", 3, 0.0, 1.0, ())]


class TestManyComments:
    def test_keep_their_order(self, small: Sorter) -> None:
        texts = ["the soup was cold", "a rude receptionist", ""] * 350
        found = small.suggest(texts)
        assert [one.theme_p0 for one in found] == ["Food", "Staff/Staff Attitude", ""] * 350

    @settings(max_examples=25)
    @given(texts=st.lists(ANY_TEXT, max_size=4))
    def test_are_judged_each_by_itself(self, small: Sorter, texts: list[str]) -> None:
        together, alone = small.suggest(texts), [small.suggest([text])[0] for text in texts]
        assert [(one.theme_p0, one.sentiment3) for one in together] == [
            (one.theme_p0, one.sentiment3) for one in alone
        ]

    def test_may_be_none(self, small: Sorter) -> None:
        assert small.suggest([]) == []

    def test_of_any_length_are_taken(self, small: Sorter) -> None:
        assert small.suggest(["cold soup " * 50_000])[0].theme_p0 == "Food"


class TestTheQuestion:
    def test_helps_where_it_is_known(self, small: Sorter) -> None:
        first, second = small.suggest(["as usual"] * 2, ["Trust A - Q2", "Trust A - Q1"])
        assert first.criticality > second.criticality

    def test_changes_nothing_where_it_is_not(self, small: Sorter) -> None:
        alone, unknown = small.suggest(["as usual"] * 2, ["", "What did you have for lunch?"])
        assert alone == unknown
        assert small.suggest(["as usual"]) == [alone]

    def test_is_given_for_each_comment_or_none(self, small: Sorter) -> None:
        with pytest.raises(ValueError, match="one question for each"):
            small.suggest(["one", "two"], ["only one"])


class TestVectors:
    def test_of_the_same_words_are_the_same(self, small: Sorter) -> None:
        seen = small.vectors(["The soup was cold", "the soup, was cold"])
        assert np.array_equal(seen[0][0], seen[1][0])
        assert np.allclose(seen[0][1], seen[1][1])


class TestTheShippedSorter:
    def test_suggests_labels_of_the_training_file(self, shipped: Sorter) -> None:
        assert {name: len(target.answers) for name, target in shipped.targets.items()} == {
            "theme_p0": 16,
            "theme_p1": 9,
            "criticality": 9,
            "sentiment3": 3,
            "sentiment5": 5,
        }

    @pytest.mark.parametrize(
        ("text", "theme", "tone"),
        [
            ("The receptionist was rude and unfriendly to my mother.", "Staff/Staff Attitude", "negative"),
            ("More vegetarian choices at lunch and hot food please.", "Food", ""),
            ("The waiting time for an appointment is far too long.", "Access to Services", "negative"),
            ("The nurses were wonderful and so kind, thank you.", "", "positive"),
        ],
    )
    def test_is_right_about_plain_cases(self, shipped: Sorter, text: str, theme: str, tone: str) -> None:
        found = shipped.suggest([text])[0]
        assert theme in ("", found.theme_p0)
        assert tone in ("", found.sentiment3)

    def test_is_surer_of_a_plain_case_than_of_an_unknown_word(self, shipped: Sorter) -> None:
        plain, unknown = shipped.suggest(["The food was cold and there was no choice of meals", "xyzzy"])
        assert plain.confidence > unknown.confidence

    def test_puts_the_most_severe_first(self, shipped: Sorter) -> None:
        mild, severe = shipped.suggest(
            ["Lovely staff.", "Appalling. I was left in agony for hours, ignored, and nearly died."]
        )
        assert severe.severe > 0.9 > mild.severe
