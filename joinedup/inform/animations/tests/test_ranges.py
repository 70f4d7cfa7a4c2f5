"""Players seek: they ask for parts of the film, and get just those."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.identity.models import User
from joinedup.inform.animations import ranges
from joinedup.inform.animations.models import AnimationPage
from joinedup.inform.animations.tests.filmed import webm

WHOLE = webm()


@given(st.integers(1, 5000), st.integers(0, 6000), st.integers(0, 6000))
def test_a_part_lies_within_the_file(size: int, first: int, last: int) -> None:
    for header in (f"bytes={first}-{last}", f"bytes={first}-", f"bytes=-{last}"):
        try:
            part = ranges.wanted(header, size)
        except ranges.Unsatisfiable:
            continue
        assert part is None or 0 <= part[0] <= part[1] < size


@pytest.mark.parametrize(
    "header",
    ["", "bytes=-", "bytes=5-2", "pages=1-2", "bytes=0-1,3-4", "bytes=a-b", "bytes=" + "9" * 40 + "-"],
)
def test_what_is_no_single_range_gets_the_whole(header: str) -> None:
    assert ranges.wanted(header, 100) is None


class TestTheDoor:
    def test_the_whole_film(self, client: Client, film: AnimationPage) -> None:
        answer = client.get(film.film_href)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "video/webm"
        assert answer["Accept-Ranges"] == "bytes"
        assert b"".join(answer) == WHOLE

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("bytes=0-9", 0, 9),
            ("bytes=10-", 10, len(WHOLE) - 1),
            ("bytes=-5", len(WHOLE) - 5, len(WHOLE) - 1),
        ],
    )
    def test_a_part(self, client: Client, film: AnimationPage, asked: str, first: int, last: int) -> None:
        answer = client.get(film.film_href, headers={"Range": asked})
        assert answer.status_code == 206
        assert answer["Content-Range"] == f"bytes {first}-{last}/{len(WHOLE)}"
        assert b"".join(answer) == WHOLE[first : last + 1]
        assert int(answer["Content-Length"]) == last - first + 1

    def test_a_part_the_film_does_not_have(self, client: Client, film: AnimationPage) -> None:
        answer = client.get(film.film_href, headers={"Range": f"bytes={len(WHOLE)}-"})
        assert answer.status_code == 416
        assert answer["Content-Range"] == f"bytes */{len(WHOLE)}"

    def test_head_tells_the_length_and_sends_nothing(self, client: Client, film: AnimationPage) -> None:
        answer = client.head(film.film_href)
        assert (answer.status_code, answer.content) == (200, b"")
        assert int(answer["Content-Length"]) == len(WHOLE)

    def test_a_part_is_never_packed(self, client: Client, film: AnimationPage) -> None:
        answer = client.get(film.film_href, headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in answer
        assert b"".join(answer) == WHOLE[:10]

    def test_a_part_of_an_older_film_gets_the_whole(self, client: Client, film: AnimationPage) -> None:
        answer = client.get(film.film_href, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
        assert answer.status_code == 200
        b"".join(answer)

    @pytest.mark.parametrize(
        "day", ["1 Jan 99999999999999999999 00:00:00", "Mon, 23 Nov 2026 09:00:00 -9999999999999999999999"]
    )
    def test_a_day_that_never_was_gets_the_whole(self, day: str, client: Client, film: AnimationPage) -> None:
        answer = client.get(film.film_href, headers={"Range": "bytes=0-9", "If-Range": day})
        assert answer.status_code == 200
        b"".join(answer)

    def test_a_film_the_browser_has_is_not_sent_again(self, client: Client, film: AnimationPage) -> None:
        tag = client.head(film.film_href)["ETag"]
        assert client.get(film.film_href, headers={"If-None-Match": tag}).status_code == 304

    def test_it_may_be_kept_for_ever_because_its_name_is_its_content(
        self, client: Client, film: AnimationPage
    ) -> None:
        assert "immutable" in client.head(film.film_href)["Cache-Control"]

    def test_it_leaves_no_cookie(self, client: Client, film: AnimationPage) -> None:
        assert client.head(film.film_href).cookies == {}

    @pytest.mark.parametrize(
        "name", ["none.webm", "..%2fjoinedup.sqlite3", "..", "%00.webm", "a" * 300 + ".webm"]
    )
    def test_nothing_else_is_found(self, client: Client, film: AnimationPage, name: str) -> None:
        assert client.get(f"/media/animations/{name}").status_code == 404


class TestWhileItIsNoPublicFilm:
    def test_visitors_and_strangers_find_nothing(
        self, client: Client, film: AnimationPage, stranger: User, client_for: Callable[[User], Client]
    ) -> None:
        film.unpublish()
        assert client.get(film.film_href).status_code == 404
        assert client_for(stranger).get(film.film_href).status_code == 404

    def test_editors_can_look_at_it_and_nothing_keeps_it(
        self, film: AnimationPage, editor: User, client_for: Callable[[User], Client]
    ) -> None:
        film.unpublish()
        answer = client_for(editor).get(film.film_href)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store, private"
        b"".join(answer)
