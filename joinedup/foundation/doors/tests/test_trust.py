"""Public forms whose token is missing, old or wrong: nothing is stored, and nothing typed is lost."""

import re

import pytest
from django import forms
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path

from joinedup.foundation.doors.trap import OnceField, TrapField
from joinedup.foundation.doors.trust import confirming, refill

stored = []


class WordsForm(forms.Form):
    words = forms.CharField(min_length=5)
    topics = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], required=False)
    agree = forms.BooleanField(required=False)
    trap = TrapField()
    once = OnceField()


@confirming
def door(request, *, trusted):
    if request.method == "POST":
        form = WordsForm(request.POST) if trusted else refill(WordsForm, request.POST)
        if trusted and form.is_valid():
            stored.append(form.cleaned_data["words"])
            return HttpResponse("stored")
    else:
        form = WordsForm()
    page = engines["django"].from_string(
        "{% csrf_token %}{% for f in form %}{{ f }}{{ f.errors }}{% endfor %}"
    )
    return HttpResponse(page.render({"form": form, "trusted": trusted}, request) + f"trusted={trusted}")


@confirming
def stores_whatever_is_sent(request, *, trusted):
    """A careless view: the mark must protect it all the same."""
    if trusted and request.method not in ("GET", "HEAD", "OPTIONS"):
        stored.append(request.method)
    return HttpResponse()


class Urls:
    urlpatterns = [path("words/", door), path("careless/", stores_whatever_is_sent)]


WORDS = {"words": "My mother waited <b>long</b> 😀", "topics": ["a", "b"], "agree": "on"}


@pytest.fixture(autouse=True)
def _urls(settings):
    settings.ROOT_URLCONF = Urls
    settings.MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
    stored.clear()


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def token(response):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode()).group(1)


def test_a_right_token_is_trusted(browser):
    page = browser.get("/words/")
    response = browser.post("/words/", WORDS | {"csrfmiddlewaretoken": token(page)})
    assert response.content == b"stored"
    assert stored == [WORDS["words"]]


@pytest.mark.parametrize("wrong", [{}, {"csrfmiddlewaretoken": "x" * 64}, {"csrfmiddlewaretoken": "short"}])
@pytest.mark.parametrize("has_cookie", [True, False])
def test_a_missing_or_wrong_token_stores_nothing_and_loses_nothing(browser, wrong, has_cookie):
    if has_cookie:
        browser.get("/words/")
    response = browser.post("/words/", WORDS | wrong)
    text = response.content.decode()
    assert response.status_code == 200
    assert stored == []
    assert "trusted=False" in text
    assert 'value="My mother waited &lt;b&gt;long&lt;/b&gt; 😀"' in text
    assert text.count(" selected") == 2
    assert " checked" in text
    assert "errorlist" not in text


def test_the_answer_carries_a_token_that_works(browser):
    response = browser.post("/words/", WORDS)
    again = browser.post("/words/", WORDS | {"csrfmiddlewaretoken": token(response)})
    assert again.content == b"stored"
    assert len(stored) == 1


def test_a_token_of_another_browser_is_not_trusted(browser):
    other = Client(enforce_csrf_checks=True)
    stolen = token(other.get("/words/"))
    browser.get("/words/")
    browser.post("/words/", WORDS | {"csrfmiddlewaretoken": stolen})
    assert stored == []


def test_a_post_from_another_site_is_not_trusted(browser):
    page = browser.get("/words/")
    sent = WORDS | {"csrfmiddlewaretoken": token(page)}
    browser.post("/words/", sent, headers={"origin": "https://elsewhere.example"})
    assert stored == []


def test_the_page_is_kept_nowhere(browser):
    assert browser.get("/words/")["Cache-Control"] == "no-store, private"
    assert browser.post("/words/", WORDS)["Cache-Control"] == "no-store, private"


def test_the_mark_is_public():
    assert door.door == "public"
    assert door.csrf_exempt is True


def test_empty_and_unknown_answers_are_no_trouble(rf):
    form = refill(WordsForm, rf.post("/", {"other": "x", "words": ""}).POST)
    assert not form.is_bound
    assert form.errors == {}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_changing_method_is_trusted_without_a_token(browser, method):
    getattr(browser, method)("/careless/")
    assert stored == []


class TestHiddenKeys:
    """Another site may post a form of its own making: what people cannot see must not be taken from it."""

    def test_the_once_key_in_the_answer_is_ours_and_not_the_one_sent(self, browser):
        chosen = "chosen-by-another-site-0123"
        text = browser.post("/words/", WORDS | {"once": chosen}).content.decode()
        assert chosen not in text
        assert re.search(r'name="once" value="[\w-]{20,60}"', text)
        assert 'value="My mother waited' in text

    def test_each_answer_has_a_key_of_its_own(self, browser):
        answers = [browser.post("/words/", WORDS).content.decode() for _time in range(3)]
        assert len({re.search(r'name="once" value="([\w-]+)"', text).group(1) for text in answers}) == 3

    def test_a_key_the_page_gave_to_its_own_browser_is_kept_when_trusted(self, rf):
        form = WordsForm({"words": "long enough", "once": "k" * 30})
        assert form.is_valid()
        assert form.cleaned_data["once"] == "k" * 30
