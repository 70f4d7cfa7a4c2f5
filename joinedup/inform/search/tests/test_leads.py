"""The list of words that lead to one page before all others."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from joinedup.inform.animations.models import BslPage
from joinedup.inform.search import hurry
from joinedup.inform.search.asking import understand
from joinedup.inform.search.finding import find
from joinedup.inform.search.leads import LONGEST_PHRASE, followed, leads
from joinedup.inform.search.words import words

Put = Callable[..., None]
pytestmark = pytest.mark.django_db


def is_urgent(text: str) -> bool:
    return any(lead.is_urgent for lead in followed(words(text)))


def found(text: str, language: str = "en") -> list[str]:
    answers = find(understand(text), language=language)
    return [each.href for each in [*answers.own, *answers.others]]


def page(text: str, path: str = "/search/") -> str:
    hurry.forget()
    return Client().get(path, {"q": text}).content.decode()


def test_no_phrase_of_the_list_is_too_long_to_be_found_and_none_is_empty() -> None:
    for lead in leads():
        assert {len(phrase) for phrase in lead.anywhere | lead.alone} <= set(range(1, LONGEST_PHRASE + 1))
        assert not lead.anywhere & lead.alone


@pytest.mark.parametrize("text", ["doctor", "i need a doctor now", "where is the nearest gp", "a nurse"])
def test_who_helps_is_a_call_for_help_when_nothing_else_is_asked(text: str) -> None:
    assert is_urgent(text)


@pytest.mark.parametrize("text", ["doctor jobs", "thank a nurse", "history of the gp care group", "need", ""])
def test_with_anything_else_it_is_none(text: str) -> None:
    assert not is_urgent(text)


@pytest.mark.parametrize("text", ["thank you for the ambulance", "my uncle fell over yesterday", "999 calls"])
def test_words_that_leave_no_doubt_are_one_wherever_they_stand(text: str) -> None:
    assert is_urgent(text)


def test_the_page_comes_first_though_others_hold_the_word_in_their_title(indexed: Put) -> None:
    indexed("Doctor doctor", "doctor " * 20)
    indexed("Contact us", "who to call")
    assert found("doctor") == ["/doctor-doctor/"]
    indexed("Contact", "who to call", href="/contact/")
    assert found("doctor") == ["/contact/", "/doctor-doctor/"]


def test_a_version_in_the_reader_s_language_comes_instead(indexed: Put) -> None:
    indexed("Contact", href="/contact/")
    assert found("ডাক্তার", "bn") == ["/contact/"]
    indexed("যোগাযোগ", key="test.thing:c:bn", language="bn", href="/bn/contact/")
    assert found("ডাক্তার", "bn")[0] == "/bn/contact/"
    assert found("doctor") == ["/contact/"]


def test_a_page_in_another_language_says_which(indexed: Put) -> None:
    indexed("টাওয়ার হ্যামলেটস টুগেদার", key="test.thing:h:bn", language="bn", href="/bn/", kind="পাতা")
    indexed("Bengali", "bengali")
    html = page("bengali")
    assert html.index("/bn/") < html.index('<span lang="bn">বাংলায়</span>') < html.index('"/bengali/"')


def test_films_in_sign_language_come_first_in_the_reader_s_language_then_how_to_ask(indexed: Put) -> None:
    for language, title, href in (("bn", "আমরা", "/bn/signed/"), ("en", "About us", "/signed/")):
        with translation.override(language):
            kind = str(BslPage.reader_kind)
        indexed(title, key=f"test.thing:{href}:{language}", language=language, href=href, kind=kind)
    for title in ("Accessibility", "Contact", "Sign"):
        indexed(title, "sign " * 9)
    for text in ("bsl", "sign language", "British Sign Language", "deaf"):
        assert found(text)[:4] == ["/signed/", "/bn/signed/", "/accessibility/", "/contact/"], text
    assert found("ইশারা ভাষা", "bn")[0] == "/bn/signed/"


def test_the_numbers_to_call_stand_above_the_results_of_a_call_for_help(indexed: Put) -> None:
    indexed("Doctor", "doctor")
    indexed("Newsletter", "news")
    assert "call 111" in page("doctor").split("jo-results")[0]
    assert "call 111" not in page("newsletter")
    assert page("crisis").count("call 111") == 1
    with translation.override("bn"):
        assert "এখন কাকে ফোন করবেন" in page("ডাক্তার", "/bn/search/").split("<main")[1]


def test_a_call_for_help_is_not_told_which_of_its_words_no_page_has(indexed: Put) -> None:
    indexed("Home", "home help")
    assert "No page here has" not in page("my zbigniew fell at home")
    assert "No page here has" in page("zbigniew home")


def test_every_address_of_the_list_stands_in_the_language_of_the_site_or_in_another_of_ours() -> None:
    codes = [code for code, _label in settings.LANGUAGES]
    for lead in leads():
        assert lead.to
        for href in lead.to:
            assert href.startswith("/")
            assert href.endswith("/")
            assert href.strip("/") in codes or href.count("/") == 2
