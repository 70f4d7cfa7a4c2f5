"""The hint in the page editor on how easy a page is to read. It never stops anyone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from joinedup.inform.pages.reading import advice, hard_words, reading
from joinedup.inform.pages.words import text_of

AIM = 11  # years: what most adults read with ease


class ReadingAgePanel(Panel):  # type: ignore[misc]
    """Shows the reading age of the words as they were last saved, and the hardest sentences."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("heading", _("How easy is it to read?"))
        super().__init__(**options)

    class BoundPanel(Panel.BoundPanel):  # type: ignore[misc]
        """The panel for one page."""

        template_name = "pages/editor/reading_age.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The figures, for English only: neither formula nor syllables fit other languages."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            page = self.instance
            context["aim"] = AIM
            context["is_english"] = not page.locale_id or page.locale.language_code == "en"
            context["is_new"] = not page.pk
            if context["is_english"] and page.pk:
                found = reading(text_of(page))
                context["reading"] = found
                context["hardest"] = [
                    {
                        "text": sentence.text,
                        "words": sentence.words,
                        "is_long": "long" in advice(sentence),
                        "hard_words": hard_words(sentence)[:5],
                    }
                    for sentence in (found.hardest if found else [])
                ]
            return context
