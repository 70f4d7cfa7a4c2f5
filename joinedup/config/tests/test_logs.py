"""What the log says: enough to mend a fault, and nothing about a person."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.db import DatabaseError, IntegrityError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path
from hypothesis import given
from hypothesis import strategies as st

from joinedup.config import logs, urls
from joinedup.config.discretion import HIDDEN, WITHHELD, masked, words_of
from joinedup.foundation.doors.entry import public

NAME, EMAIL, PHONE, NHS = "Shirin Akhtar", "shirin@example.org", "07700 900123", "943 476 5919"
SECRET, POSTCODE = "Zt4kQ9sLm2Xw7RbN1vPc", "E1 4DG"
PERSONAL = [NAME, "Shirin", EMAIL, PHONE, NHS, SECRET, POSTCODE]


@public
def breaks(request: HttpRequest, secret: str) -> HttpResponse:
    """A view that fails with everything it should not tell in its hands."""
    diagnosis = f"{NAME} has asthma"
    kind = request.GET["kind"]
    told = f"{NAME} <{EMAIL}> {PHONE} {NHS} {POSTCODE} {secret} {diagnosis}"
    if kind == "value":
        raise ValueError(told)
    if kind == "chained":
        try:
            raise KeyError(told)
        except KeyError as fault:
            raise RuntimeError(told) from fault
    if kind == "database":
        raise IntegrityError(
            f'new row for "inform_newsletter_subscriber" breaks "{NAME}"\nDETAIL:  Failing row ({told}).'
        )
    if kind == "type":
        raise TypeError(f"no {EMAIL} {PHONE} {NHS} {POSTCODE} {secret} here")
    logging.getLogger("somebody.elses").error(
        "Could not write to %s: %s", EMAIL, ValueError(told), extra={"row": told, "request": request}
    )
    return HttpResponse("done")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines a real site would have written."""
    monkeypatch.setattr(urls, "urlpatterns", [path("breaks/<str:secret>/", breaks), *urls.urlpatterns])
    stream = io.StringIO()
    handlers = []
    for name in ("", logs.ACCESS):
        handler = logging.StreamHandler(stream)
        handler.setLevel(logging.ERROR if not name else logging.INFO)
        handler.setFormatter(logs.JsonLines())
        logging.getLogger(name).addHandler(handler)
        handlers.append((name, handler))
    clear_url_caches()
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for name, handler in handlers:
        logging.getLogger(name).removeHandler(handler)
    monkeypatch.undo()
    clear_url_caches()


def ask(kind: str) -> None:
    Client(raise_request_exception=False).get(
        f"/breaks/{SECRET}/?kind={kind}&name={NAME}", REMOTE_ADDR="10.9.8.7"
    )


@pytest.mark.django_db
class TestAFault:
    @pytest.mark.parametrize("kind", ["value", "chained", "database", "type", "logged"])
    def test_tells_nothing_about_the_person_it_happened_to(self, kind: str, log: Any) -> None:
        ask(kind)
        written = json.dumps(log(), ensure_ascii=False)
        assert len(log()) == 2
        assert [word for word in [*PERSONAL, "asthma", "10.9.8.7"] if word in written] == []

    def test_tells_where_it_happened(self, log: Any) -> None:
        ask("chained")
        fault = next(line for line in log() if line["level"] == "error")
        assert fault["fault"] == "RuntimeError"
        assert fault["message"] == "Internal Server Error: <breaks/<str:secret>/>"
        assert f"KeyError: {WITHHELD}" in fault["traceback"]
        assert any(
            "tests/test_logs.py" in line and "in breaks: raise RuntimeError" in line
            for line in fault["traceback"]
        )

    def test_of_the_database_names_table_and_not_the_row(self, log: Any) -> None:
        ask("database")
        fault = next(line for line in log() if line["level"] == "error")
        assert fault["traceback"][-1] == (
            f'django.db.utils.IntegrityError: new row for "inform_newsletter_subscriber" breaks "{HIDDEN}"'
        )

    def test_has_the_number_of_its_request(self, log: Any) -> None:
        ask("value")
        assert len({line["request_id"] for line in log()}) == 1

    def test_of_our_own_code_keeps_its_words(self, log: Any) -> None:
        assert words_of(AttributeError("'NoneType' object has no attribute 'pk'")) == (
            "'NoneType' object has no attribute 'pk'"
        )

    def test_of_the_disk_says_what_and_not_which_file(self) -> None:
        assert (
            words_of(OSError(28, "No space left on device", f"/media/{NAME}.png"))
            == "No space left on device"
        )


@pytest.mark.django_db
class TestALineForEachRequest:
    def test_holds_the_pattern_and_never_the_path(self, log: Any) -> None:
        Client().get(f"/newsletter/leave/{SECRET}/?name={NAME}", HTTP_USER_AGENT=NAME, HTTP_REFERER=EMAIL)
        [line] = log()
        assert set(line) == {
            "time",
            "level",
            "logger",
            "method",
            "route",
            "status",
            "ms",
            "face",
            "request_id",
        }
        assert (line["method"], line["route"], line["face"]) == (
            "GET",
            "newsletter/leave/<str:token>/",
            "all",
        )
        assert line["status"] in (200, 404)
        assert line["ms"] >= 0
        assert [word for word in PERSONAL if word in json.dumps(line)] == []

    @pytest.mark.parametrize("name", ["আমিনা", "Amina\\Begum", "Amina\tBegum"])
    def test_a_line_of_django_about_an_address_never_holds_it(self, name: str, log: Any) -> None:
        Client().get(f"/no-such-page/{quote(name)}-Begum/")
        told = json.dumps(log(), ensure_ascii=False)
        assert "Begum" not in told
        assert "আমিনা" not in told

    def test_of_an_address_that_matches_nothing_names_none(self, log: Any) -> None:
        Client().get(f"/{EMAIL}")
        assert log()[0]["route"] == "(none)"

    def test_of_a_kept_page_names_its_pattern_too(self, log: Any) -> None:
        for _time in range(2):
            assert Client().get("/newsletter/left/").status_code == 200
            assert Client().get("/sitemap/").status_code == 200
        assert [line["route"] for line in log()] == ["newsletter/left/", "sitemap/"] * 2

    def test_of_an_invented_method_does_not_repeat_it(self, log: Any) -> None:
        Client().generic(NAME.replace(" ", "-"), "/robots.txt")
        assert log()[0]["method"] == "OTHER"

    def test_carries_the_number_that_the_trusted_web_server_gave(self, log: Any, settings: Any) -> None:
        settings.TRUSTED_PROXIES = 1
        answer = Client().get("/robots.txt", HTTP_X_REQUEST_ID="a" * 32)
        assert answer.headers["X-Request-ID"] == log()[0]["request_id"] == "a" * 32

    @pytest.mark.parametrize(("proxies", "given"), [(0, "a" * 32), (1, EMAIL), (1, "")])
    def test_takes_no_number_from_anyone_else(
        self, proxies: int, given: str, log: Any, settings: Any
    ) -> None:
        settings.TRUSTED_PROXIES = proxies
        Client().get("/robots.txt", HTTP_X_REQUEST_ID=given)
        assert log()[0]["request_id"] not in (given, "")


class TestMasks:
    @pytest.mark.parametrize(
        "personal",
        [
            "a@b.example", "first.last+tag@nhs.example", "020 7946 0123", "+44 20 7946 0123", "07700900123",
            "0044 7700 900123", "943 476 5919", "9434765919", "943-476-5919", "E1 4DG", "e14dg", SECRET,
            "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
        ],
    )  # fmt: skip
    def test_what_has_a_shape_is_hidden(self, personal: str) -> None:
        assert masked(f"Failed for {personal}, sorry") == f"Failed for {HIDDEN}, sorry"

    @pytest.mark.parametrize(
        "useful",
        [
            "Service Unavailable",
            "status 503 after 1200 ms",
            "inform_newsletter.0003_first_words",
            "2026-11-23 14:05",
        ],
    )
    def test_what_helps_to_mend_is_kept(self, useful: str) -> None:
        assert masked(useful) == useful

    @given(st.emails())
    def test_no_address_gets_through(self, address: str) -> None:
        assert "@" not in masked(f"to {address}, twice")

    @given(st.integers(min_value=10**9, max_value=10**10 - 1))
    def test_no_ten_figures_get_through(self, number: int) -> None:
        assert str(number) not in masked(f"number {number}.")

    def test_words_of_any_other_exception_are_withheld(self) -> None:
        assert words_of(ValueError(NAME)) == WITHHELD
        assert words_of(DatabaseError(f"wrong\n{NAME}")) == "wrong"


class TestTheSetting:
    def test_plain_writes_faults_in_words_and_no_requests(self) -> None:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "No way to %s", (EMAIL,), None)
        assert logs.PlainLines().format(record) == f"No way to {HIDDEN}"
        assert logs.configuration("plain")["loggers"][logs.ACCESS]["handlers"] == ["none"]

    @pytest.mark.parametrize("form", logs.FORMS)
    def test_logging_takes_it(self, form: str) -> None:
        logging.config.DictConfigurator(logs.configuration(form))
