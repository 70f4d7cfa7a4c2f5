"""Whatever is typed, the answer is a page."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.inform.search import actions, hurry
from joinedup.inform.search.asking import LONGEST, understand
from joinedup.inform.search.tests.conftest import thing

pytestmark = pytest.mark.django_db

ODD = [
    "'", '"', "''; DROP TABLE x; --", "a' | 'b", "(", ")", "AND", "OR NOT", "NEAR(a b)", "*", "a*", "^a",
    "-a", "title_words:a", "{a b}: c", "a:b & !c <-> d", "\\", "%", "%s", "_", "\0", "a\0b",
    "\ufffd", "\uffff",
    "😀", "👩\u200d⚕️ nurse", "ﷺ", "\u202e", "\u200d", "\u200c\u200c", "্", "ি", "ক্", "&", "a&", "&e",
    "a&&e", "word " * 4000, "x" * 10_000, "ক" * 10_000, "é" * 300, "İstanbul", "ǅ", "ﬁ", "ⅷ",
    "\n\t\r", "'" * 500,
]  # fmt: skip


def answers(text: str) -> None:
    hurry.forget()
    for path in ("/search/", "/bn/search/"):
        answer = Client().get(path, {"q": text, "page": text[:5], "exact": text[:1]})
        assert answer.status_code == 200


@pytest.fixture
def something(db: None) -> None:
    actions.put(thing=thing("A nurse at home", "NEAR AND OR NOT title_words café 😀 ﬁ"))


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_input_is_answered(something: None, text: str) -> None:
    answers(text)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_is_answered(something: None, text: str) -> None:
    answers(text)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=400))
def test_any_text_can_be_taken_in(something: None, text: str) -> None:
    actions.put(thing=thing(text[:100], text, key="test.thing:any:en", href="/any/"))
    answers(text[:100])


def test_only_the_beginning_of_a_long_question_is_read() -> None:
    assert len(understand("word " * 4000).text) <= LONGEST
