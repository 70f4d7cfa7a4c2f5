"""Names that a whole question nearly is: "havve your sey" is "Have your say", though "sey" alone is nothing.

A short word may mean many things; beside others, in the name of a page, it means one.
"""

from django.db.models.functions import Length

from joinedup.inform.search import spelling, words
from joinedup.inform.search.models import Entry
from joinedup.inform.search.spelling import Guess

_SHORTEST = 3  # letters; no word of one or two is taken for another


def _slips(word: str, meant: str) -> int | None:
    """How many slips are between a word and that of a name; None when it cannot have been meant."""
    if word == meant:
        return 0
    if len(word) < _SHORTEST or any(c.isdigit() for c in word + meant):
        return None
    if len(word) == _SHORTEST and word[0] != meant[0]:
        return None
    slips = spelling.slips_between(word, meant)
    return slips if slips <= max(1, spelling.slips_forgiven(word)) else None


def _slips_of_all(said: list[str], name: list[str]) -> int | None:
    """How many slips are between a question and a name; at least one word must be right."""
    if len(said) != len(name):
        return None
    each = [_slips(word, meant) for word, meant in zip(said, name, strict=True)]
    slips = [count for count in each if count is not None]
    return sum(slips) if len(slips) == len(each) and 0 in slips else None


def meant(said: list[str]) -> dict[str, list[Guess]]:
    """For each word that differs from the nearest name, that of the name; nothing when no name is near."""
    if len(said) < 2:
        return {}
    length = sum(map(len, said)) + len(said) - 1
    near = Entry.objects.annotate(length=Length("title"))
    near = near.filter(length__gte=length - len(said), length__lte=length + len(said)).order_by("pk")
    best: tuple[int, list[str]] | None = None
    for title in near.values_list("title", flat=True):
        name = words.words(title)
        slips = _slips_of_all(said, name)
        if slips is not None and (best is None or slips < best[0]):
            best = (slips, name)
    if best is None:
        return {}
    pairs = zip(said, best[1], strict=True)
    return {word: [Guess(right, 1, 1)] for word, right in pairs if word != right}
