"""The words of the film in one language: by name, each a list of rows."""

from collections.abc import Mapping, Sequence

Words = Mapping[str, Sequence[str]]
