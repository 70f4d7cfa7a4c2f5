"""Signing in: password, then code."""

import re
import time

import pytest
from django.core.cache import cache
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.identity.tests.doing import (
    CODE,
    PASSWORD,
    SIGN_IN,
    code_of,
    give_password,
    is_signed_in,
    sign_in,
    verbs,
    words,
)

pytestmark = pytest.mark.django_db
LEFT = "/account/login/?left=1"


class TestTheWayIn:
    def test_password_and_code_open_the_workspace(self, client: Client, officer: User) -> None:
        response = sign_in(client, officer)
        assert response.status_code == 302
        assert response.headers["Location"] == "/workspace/"
        assert client.get("/workspace/").status_code == 200
        assert verbs() == ["sign_in"]

    def test_the_password_alone_opens_nothing(self, client: Client, officer: User) -> None:
        response = give_password(client, officer)
        assert response.headers["Location"] == CODE
        assert not is_signed_in(client)
        assert verbs() == []

    def test_capitals_and_spaces_around_the_address_do_not_matter(
        self, client: Client, officer: User
    ) -> None:
        response = client.post(SIGN_IN, {"login": f"  {officer.email.upper()} ", "password": PASSWORD})
        assert response.headers["Location"] == CODE

    def test_the_code_may_be_typed_with_a_space(self, client: Client, officer: User) -> None:
        give_password(client, officer)
        code = code_of(officer)
        assert client.post(CODE, {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/workspace/"

    def test_after_signing_in_people_land_where_they_wanted_to_go(
        self, client: Client, officer: User
    ) -> None:
        response = client.get("/workspace/staff/")
        client.post(
            response.headers["Location"],
            {"login": officer.email, "password": PASSWORD, "next": "/workspace/staff/"},
        )
        code = code_of(officer)
        assert client.post(CODE, {"code": code}).headers["Location"] == "/workspace/staff/"

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
    def test_nobody_is_sent_to_another_site(self, client: Client, officer: User, elsewhere: str) -> None:
        client.post(SIGN_IN, {"login": officer.email, "password": PASSWORD, "next": elsewhere})
        code = code_of(officer)
        assert client.post(CODE, {"code": code}).headers["Location"] == "/workspace/"

    def test_a_stranger_signs_in_and_is_let_into_nothing(self, client: Client, stranger: User) -> None:
        sign_in(client, stranger)
        for address in ("/workspace/", "/workspace/staff/", "/workspace/staff/invite/"):
            assert client.get(address).status_code == 403


class TestRefusals:
    def test_a_known_and_an_unknown_address_get_the_same_answer(self, client: Client, officer: User) -> None:
        known = client.post(SIGN_IN, {"login": officer.email, "password": "wrong"})
        unknown = client.post(SIGN_IN, {"login": "nobody@example.org", "password": "wrong"})
        assert known.status_code == unknown.status_code == 200
        assert words(known).replace(officer.email, "A") == words(unknown).replace("nobody@example.org", "A")
        assert "do not go together" in words(known)

    def test_a_known_and_an_unknown_address_take_as_long(
        self, client: Client, officer: User, settings
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = False
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
        officer.set_password(PASSWORD)
        officer.save()
        taken: dict[str, list[float]] = {officer.email: [], "nobody@example.org": []}
        for _round in range(5):
            for address, times in taken.items():
                began = time.perf_counter()
                client.post(SIGN_IN, {"login": address, "password": "wrong"})
                times.append(time.perf_counter() - began)
        known, unknown = (min(times) for times in taken.values())
        assert 0.5 < known / unknown < 2

    def test_a_refusal_is_noted_without_a_name_for_who_tried(self, client: Client, officer: User) -> None:
        client.post(SIGN_IN, {"login": officer.email, "password": "wrong"})
        client.post(SIGN_IN, {"login": "nobody@example.org", "password": "wrong"})
        events = AuditEvent.objects.filter(verb="foundation_identity.sign_in_failed").order_by("occurred_at")
        assert [(e.actor_kind, e.subject_id) for e in events] == [
            ("visitor", str(officer.pk)),
            ("visitor", ""),
        ]

    def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_while(
        self, client: Client, officer: User
    ) -> None:
        for _try in range(5):
            give_password(client, officer, "wrong")
        response = give_password(client, officer)
        assert response.status_code == 200
        assert "Wait 5 minutes" in words(response)
        cache.clear()
        assert give_password(client, officer).status_code == 302

    def test_the_count_is_the_same_for_an_unknown_address(self, client: Client) -> None:
        for _try in range(5):
            client.post(SIGN_IN, {"login": "nobody@example.org", "password": "wrong"})
        response = client.post(SIGN_IN, {"login": "nobody@example.org", "password": "wrong"})
        assert "Wait 5 minutes" in words(response)

    def test_another_port_in_the_host_header_starts_no_new_count(self, client: Client, officer: User) -> None:
        for number in range(5):
            give_password(client, officer, "wrong", HTTP_HOST=f"localhost:{8000 + number}")
        assert "Wait 5 minutes" in words(give_password(client, officer, HTTP_HOST="localhost:9000"))

    def test_wrong_codes_are_counted_and_noted(self, client: Client, officer: User) -> None:
        give_password(client, officer)
        for _try in range(5):
            assert "not right" in words(client.post(CODE, {"code": "000000"}))
        code = code_of(officer)
        assert "Wait 5 minutes" in words(client.post(CODE, {"code": code}))
        assert verbs() == ["second_step_failed"] * 6

    @pytest.mark.parametrize(
        "sent", [{}, {"code": ""}, {"code": "x" * 5000}, {"code": "１２３４５６"}, {"credential": "{}"}]
    )
    def test_whatever_is_sent_instead_of_a_code_is_refused(self, client: Client, officer: User, sent) -> None:
        give_password(client, officer)
        response = client.post(CODE, sent)
        assert response.status_code == 200
        assert 'name="code"' in words(response)
        assert not is_signed_in(client)

    def test_the_code_page_without_a_password_before_leads_to_sign_in(self, client: Client) -> None:
        assert client.get(CODE).headers["Location"] == SIGN_IN

    def test_someone_stopped_is_told_kindly_once_the_password_is_right(
        self, client: Client, officer: User
    ) -> None:
        User.objects.filter(pk=officer.pk).update(is_active=False)
        response = client.post(SIGN_IN, {"login": officer.email, "password": PASSWORD}, follow=True)
        assert "Your account is closed" in words(response)
        assert not is_signed_in(client)

    def test_a_sample_person_cannot_sign_in_on_a_real_site(
        self, client: Client, officer: User, settings
    ) -> None:
        User.objects.filter(pk=officer.pk).update(is_sample=True)
        assert give_password(client, officer).headers["Location"] == CODE
        settings.IS_PRODUCTION = True
        response = give_password(Client(), officer)
        assert response.headers["Location"] == "/account/inactive/"
        assert "sign_in" not in verbs()

    def test_a_form_without_its_token_is_refused(self, officer: User) -> None:
        response = Client(enforce_csrf_checks=True).post(
            SIGN_IN, {"login": officer.email, "password": PASSWORD}
        )
        assert response.status_code == 403

    def test_asking_as_a_script_gets_a_page_like_anyone(self, client: Client, officer: User) -> None:
        response = give_password(client, officer, "wrong", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        assert response.headers["Content-Type"].startswith("text/html")


class TestThePage:
    def test_browsers_may_fill_in_what_they_keep(self, client: Client) -> None:
        page = words(client.get(SIGN_IN))
        assert re.search(r'<input[^>]*name="login"[^>]*autocomplete="username"', page)
        assert re.search(r'<input[^>]*name="password"[^>]*autocomplete="current-password"', page)
        assert "placeholder" not in page
        assert "onpaste" not in page

    def test_errors_stand_in_a_summary_with_links_to_the_boxes(self, client: Client) -> None:
        page = words(client.post(SIGN_IN, {}))
        assert "There is a problem" in page
        assert 'href="#id_login"' in page
        assert 'href="#id_password"' in page
        assert "<title>Error:" in page

    def test_nobody_can_sign_up(self, client: Client) -> None:
        assert client.get("/account/signup/").status_code == 404
        assert "sign up" not in words(client.get(SIGN_IN)).lower()

    def test_the_page_is_kept_by_no_cache_and_no_search_engine(self, client: Client) -> None:
        response = client.get(SIGN_IN)
        assert "no-store" in response.headers["Cache-Control"]
        assert 'content="noindex"' in words(response)

    @pytest.mark.parametrize(
        "typed", ["😀@example.org", "<script>alert(1)</script>", "a" * 5000, "مرحبا", "\x00"]
    )
    def test_odd_input_is_answered_with_the_form(self, client: Client, typed: str) -> None:
        response = client.post(SIGN_IN, {"login": typed, "password": typed})
        assert response.status_code == 200
        assert "<script>alert" not in words(response)

    def test_signing_out_takes_a_press_not_a_visit(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        assert client.get("/account/logout/").status_code == 200
        assert is_signed_in(client)
        assert client.post("/account/logout/").headers["Location"] == LEFT
        assert not is_signed_in(client)

    def test_whoever_signed_out_is_told_so_and_whoever_comes_is_not(
        self, client: Client, officer: User
    ) -> None:
        sign_in(client, officer)
        page = words(client.post("/account/logout/", follow=True))
        assert "You are signed out." in page
        assert "You are signed out." not in words(client.get(SIGN_IN))
        wrong = client.post(LEFT, {"login": officer.email, "password": "wrong-wrong-wrong"})
        assert "You are signed out." not in words(wrong)
