"""The cache is shared by two processes of unequal rights, so nothing in it may run."""

import base64
import contextlib
import os
import pickle
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Site, sites

from joinedup.config.plain_cache import read

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


def stored(value: Any) -> str:
    return base64.b64encode(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)).decode()


class Runs:
    """A value that does something when it is read."""

    def __reduce__(self) -> Any:
        return os.system, ("echo ran > /tmp/joinedup-cache-ran",)


@given(plain)
def test_plain_data_comes_back_as_it_was(value: Any) -> None:
    assert read(stored(value)) == value


@pytest.mark.parametrize("value", [Runs(), os.system, Client, {"deep": [Runs()]}, Exception("x")])
def test_anything_that_names_code_is_refused_and_does_not_run(value: Any, tmp_path: Any) -> None:
    with pytest.raises(ValueError, match="not plain data"):
        read(stored(value))
    assert not os.path.exists("/tmp/joinedup-cache-ran")  # noqa: PTH110


@given(st.text(max_size=60))
def test_rubbish_is_refused_and_is_no_fault(text: str) -> None:
    with contextlib.suppress(ValueError):
        read(text)


@pytest.mark.django_db
class TestTheCache:
    def test_keeps_counts_and_forgets(self) -> None:
        cache.set("a", {"page": b"<html>", "status": 200}, 60)
        assert cache.get("a") == {"page": b"<html>", "status": 200}
        assert cache.add("a", 1) is False
        cache.set("number", 1)
        assert cache.incr("number") == 2
        assert cache.get_many(["a", "number", "missing"]).keys() == {"a", "number"}
        cache.delete("a")
        assert cache.get("a", "gone") == "gone"

    def test_what_is_too_old_is_not_there(self) -> None:
        cache.set("old", 1, -1)
        assert cache.get("old") is None
        assert cache.add("old", 2) is True
        assert cache.get("old") == 2

    def test_what_ran_out_is_swept_away_and_the_rest_stays(self) -> None:
        cache.set("old", 1, -1)
        cache.set("new", 1, 60)
        assert cache.sweep() == 1  # type: ignore[attr-defined]
        assert cache.get("new") == 1

    def test_sizes_of_pictures_are_not_kept_here(self) -> None:
        assert not isinstance(caches["renditions"], type(caches["default"]))

    def test_what_the_other_process_planted_is_not_read(self) -> None:
        cache.set("planted", 1, 60)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE joinedup_cache SET value = %s", [stored(Runs())])
        assert cache.get("planted", "nothing") == "nothing"
        assert not os.path.exists("/tmp/joinedup-cache-ran")  # noqa: PTH110

    def test_where_sites_begin_is_kept(self) -> None:
        before = Site.get_site_root_paths()
        assert before
        assert (
            cache.get(sites.SITE_ROOT_PATHS_CACHE_KEY, version=sites.SITE_ROOT_PATHS_CACHE_VERSION) == before
        )
