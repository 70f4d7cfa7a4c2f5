"""What the sorter sees of a comment."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.sorting import features

SEEN = ["the soup was cold", "the soup was late", "cold soup again, cold tea", "the nurse was kind"]


@pytest.fixture(scope="module")
def vocabulary() -> features.Vocabulary:
    return features.learn(SEEN, least_terms=1, least_pieces=1)


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Didn't WAIT!", ["didn't", "wait", "!"]),
            ("didn’t wait", ["didn't", "wait"]),
            ("Café in Ward-9", ["cafe", "in", "ward", "9"]),
            ("£5 for parking?", ["£", "5", "for", "parking", "?"]),
            ("=1+1", ["1", "1"]),
            ("snake_case", ["snake", "case"]),
            ("\N{MATHEMATICAL DOUBLE-STRUCK CAPITAL S}oup", ["soup"]),
            ("", []),
            ("...", []),
        ],
    )
    def test_are_words_and_telling_signs(self, text: str, found: list[str]) -> None:
        assert features.tokens(text) == found

    def test_come_from_the_beginning_of_a_very_long_text(self) -> None:
        assert len(features.tokens("ab " * 100_000)) == pytest.approx(features.LONGEST / 3, abs=1)

    @given(st.text())
    def test_are_found_in_any_text(self, text: str) -> None:
        assert all(token and token == token.lower() for token in features.tokens(text) if token.isascii())


class TestPieces:
    def test_show_where_a_word_begins_and_ends(self) -> None:
        assert {"_t", "a_", "_te", "tea_", "_tea_"} <= set(features.pieces("tea"))

    def test_of_one_letter_are_few(self) -> None:
        assert features.pieces("a") == ["_a", "a_", "_a_"]


class TestSeeing:
    def test_gives_each_family_length_one(self, vocabulary: features.Vocabulary) -> None:
        places, values = vocabulary.see(["the cold soup was cold"])[0]
        is_term = places < len(vocabulary.terms)
        assert np.square(values[is_term]).sum() == pytest.approx(1, abs=1e-5)
        assert np.square(values[~is_term]).sum() == pytest.approx(1, abs=1e-5)

    def test_counts_a_rare_word_more_than_a_common_one(self, vocabulary: features.Vocabulary) -> None:
        places, values = vocabulary.see(["the nurse"])[0]
        worth = dict(zip(places, values, strict=True))
        assert worth[vocabulary.terms["nurse"]] > worth[vocabulary.terms["the"]]

    def test_finds_nothing_in_unknown_signs(self, vocabulary: features.Vocabulary) -> None:
        places, values = vocabulary.see(["ωψ"])[0]
        assert len(places) == len(values) == 0

    def test_of_no_comments_is_empty(self, vocabulary: features.Vocabulary) -> None:
        assert len(vocabulary.see([])) == 0

    def test_finds_pieces_of_words_it_never_met(self, vocabulary: features.Vocabulary) -> None:
        places, _values = vocabulary.see(["soupy"])[0]
        assert len(places)
        assert (places >= len(vocabulary.terms)).all()

    @given(st.lists(st.text(max_size=40), max_size=5))
    def test_together_is_as_seeing_one_by_one(self, texts: list[str]) -> None:
        known = features.learn(SEEN, least_terms=1, least_pieces=1)
        together = known.see(texts)
        for number, text in enumerate(texts):
            alone = known.see([text])[0]
            assert np.array_equal(together[number][0], alone[0])
            assert np.allclose(together[number][1], alone[1])


class TestLearning:
    def test_leaves_out_what_was_seen_once(self) -> None:
        known = features.learn(SEEN)
        assert "soup" in known.terms
        assert "nurse" not in known.terms

    def test_knows_the_same_whatever_the_order(self) -> None:
        one, other = features.learn(SEEN), features.learn(SEEN[::-1])
        assert (one.terms, one.pieces) == (other.terms, other.pieces)
        assert np.array_equal(one.worth, other.worth)

    def test_keeps_the_commonest_pieces(self) -> None:
        assert len(features.learn(SEEN, most_pieces=5).pieces) <= 5


@pytest.mark.parametrize(
    ("text", "has"), [("", False), (" \n", False), ("?!...", False), ("ok", True), ("9", True)]
)
def test_a_comment_without_letters_or_figures_has_no_words(text: str, has: bool) -> None:
    assert features.has_words(text) is has
