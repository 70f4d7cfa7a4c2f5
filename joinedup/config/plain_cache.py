"""The shared cache, with values that are data and nothing else.

Both faces read and write one table, and Django keeps values there as pickles, which can make whoever
reads them run anything. The public process must not be able to do that to the workspace, so a value
that names a class or function is not read, whoever wrote it.
"""

import base64
import binascii
import io
import logging
import pickle
from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

# Where sites begin, as Wagtail keeps it, and a kept page: both hold texts, bytes and numbers, and do
# nothing when they are made.
_HARMLESS = {("wagtail.models.sites", "SiteRootPath"), ("joinedup.config.pagecache", "Kept")}
_log = logging.getLogger(__name__)


class _Plain(pickle.Unpickler):
    """Numbers, texts, bytes, and lists, tuples, sets and dictionaries of them."""

    def find_class(self, module: str, name: str) -> Any:
        """Called for everything else, before it is made or called."""
        if (module, name) in _HARMLESS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def read(value: str) -> Any:
    """The data in a stored value. Raises ValueError when it is anything else."""
    try:
        return _Plain(io.BytesIO(base64.b64decode(value))).load()
    except (
        pickle.UnpicklingError,
        binascii.Error,
        EOFError,
        AttributeError,
        ImportError,
        IndexError,
    ) as fault:
        raise ValueError("not plain data") from fault


class PlainCache(DatabaseCache):
    """Django's database cache but for reading: what is not plain data is as if it were not there."""

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """The values of those keys that are there and not too old; one query."""
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        if not names:
            return {}
        now = timezone.now().replace(microsecond=0, tzinfo=None)
        name_of_table: str = self._table  # type: ignore[attr-defined]
        table, marks = connection.ops.quote_name(name_of_table), ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT cache_key, value FROM {table} WHERE cache_key IN ({marks}) AND expires > %s",  # noqa: S608
                [*names, connection.ops.adapt_datetimefield_value(now)],
            )
            rows = cursor.fetchall()
        found = {}
        for name, value in rows:
            try:
                found[names[name]] = read(value)
            except ValueError:
                _log.exception("A value of the cache was not plain data, and was not read")
        return found

    def sweep(self) -> int:
        """Delete what ran out; Django itself does so only when the table is full. Returns how many rows."""
        now = timezone.now().replace(microsecond=0, tzinfo=None)
        name_of_table: str = self._table  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {connection.ops.quote_name(name_of_table)} WHERE expires <= %s",  # noqa: S608
                [connection.ops.adapt_datetimefield_value(now)],
            )
            return int(cursor.rowcount)
