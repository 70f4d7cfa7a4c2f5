"""Showing where a text answers the question: found words marked, everything else escaped."""

from collections.abc import Collection

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from joinedup.inform.search import words

EXCERPT = 220  # letters
_BEFORE = 60  # letters shown before the first word that was found
_READ = 30_000  # letters of a text in which a place to show is looked for
_SHORTEST_LINE = 25


def marked(text: str, stems: Collection[str]) -> SafeString:
    """The text as safe HTML, each word of one of the stems in <mark>."""
    parts, end = [], 0
    for spot in words.spots(text):
        if words.stem(spot.word) in stems:
            parts.append(escape(text[end : spot.start]))
            parts.append(format_html("<mark>{}</mark>", text[spot.start : spot.end]))
            end = spot.end
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))


def _hits(text: str, stems: Collection[str]) -> tuple[int, int]:
    """How many different stems a text holds, and where the first stands."""
    found, first = set(), -1
    for spot in words.spots(text):
        stem = words.stem(spot.word)
        if stem in stems:
            found.add(stem)
            first = spot.start if first < 0 else first
    return len(found), max(first, 0)


def _cut(text: str, first: int) -> str:
    """A piece of the text around a place, cut between words."""
    if len(text) <= EXCERPT:
        return text
    start = max(0, min(first - _BEFORE, len(text) - EXCERPT))
    end = start + EXCERPT
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", first, end), start + 1) if " " in text[first:end] else end
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def excerpt(summary: str, body: str, stems: Collection[str]) -> SafeString:
    """The summary, or the line of the text that holds more of what was looked for."""
    best, most, first = summary, *_hits(summary, stems)
    for line in body[:_READ].split("\n"):
        if len(line) < _SHORTEST_LINE:
            continue
        count, place = _hits(line, stems)
        if count > most:
            best, most, first = line, count, place
    return marked(_cut(best, first), stems)
