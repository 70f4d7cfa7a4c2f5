"""Every word a resident meets is there in every language of the site."""

import re

import pytest
from django.conf import settings

from joinedup.config.house import words
from joinedup.config.tests.catalogues import catalogue, translated

OTHERS = [code for code, _label in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
pytestmark = pytest.mark.parametrize("language", OTHERS)


def test_no_words_that_residents_meet_are_left_in_english(language: str) -> None:
    known = translated(language)
    left = [
        f"{file}: {said!r}"
        for (ctx, said), file in words.residents_words().items()
        if (ctx, said) not in known
    ]
    assert left == []


def test_what_is_put_into_the_words_is_the_same(language: str) -> None:
    wrong = []
    for entry in catalogue(language).translated_entries():
        wanted = words.placeholders(entry.msgid) | words.placeholders(entry.msgid_plural)
        wrong += [
            said
            for said in (entry.msgstr, *entry.msgstr_plural.values())
            if said and words.placeholders(said) != wanted
        ]
    assert wrong == []


def test_the_tags_in_the_words_are_the_same(language: str) -> None:
    tag = re.compile(r"<[^>]+>")
    wrong = [
        entry.msgstr
        for entry in catalogue(language).translated_entries()
        if sorted(tag.findall(entry.msgid)) != sorted(tag.findall(entry.msgstr)) and entry.msgstr
    ]
    assert wrong == []


def test_nothing_is_guessed(language: str) -> None:
    assert catalogue(language).fuzzy_entries() == []


def test_what_django_reads_is_what_translators_wrote(language: str) -> None:
    def said(kind: str) -> dict[tuple[str, str], object]:
        return {
            (entry.msgctxt or "", entry.msgid): entry.msgstr_plural or entry.msgstr
            for entry in catalogue(language, kind)
            if entry.msgstr or any(entry.msgstr_plural.values())
        }

    assert said("mo") == said("po")


def test_figures_are_latin_ones(language: str) -> None:
    """Numbers are dialled, typed and compared with English letters: docs/adr/0016-bengali.md."""
    said = [entry.msgstr for entry in catalogue(language).translated_entries()]
    assert [words for words in said if re.search(r"[০-৯٠-٩]", words)] == []


class TestReading:
    """That the reader of words finds what it is to find."""

    def test_words_in_every_branch_of_a_template(self, language: str) -> None:
        text = (
            '{% load i18n %}{% if a %}{% translate "one" %}{% else %}{% translate "two" as x %}{% endif %}'
            "{% for b in c %}{% blocktranslate trimmed with n=b %}\n  three\n  {{ n }} 5%\n"
            "{% endblocktranslate %}{% empty %}"
            "{% blocktranslate count n=c %}four{% plural %}fours{% endblocktranslate %}{% endfor %}"
            '{% block d %}{% translate "May" context "month" %}{% endblock %}'
        )
        assert set(words.in_template(text)) == {
            ("", "one"),
            ("", "two"),
            ("", "three %(n)s 5%%"),
            ("", "four"),
            ("", "fours"),
            ("month", "May"),
        }

    def test_words_in_code_of_the_named_classes_only(self, language: str, tmp_path) -> None:
        file = tmp_path / "x.py"
        file.write_text(
            'class A:\n    a = _("one" " more")\n\n\nclass B:\n    b = ngettext("two", "twos", 2)\n'
        )
        assert words.words_of(file, words.met("x", only="A")) == {("", "one more")}
        assert words.words_of(file, words.met("x", skip="A")) == {("", "two"), ("", "twos")}

    def test_every_line_of_the_list_finds_something(self, language: str) -> None:
        root = words.ROOT / "joinedup"
        assert [
            line.files
            for line in words.RESIDENTS
            if not any(words.words_of(p, line) for p in root.glob(line.files) if p.is_file())
        ] == []
