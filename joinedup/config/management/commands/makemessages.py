"""`manage.py makemessages`: gather the words of the interface for the translators (`make messages`)."""

from typing import Any

from django.conf import settings
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's command with our choices: every language of the site, no guesses, no words of tests."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Write joinedup/locale/<language>/LC_MESSAGES/django.po; what is translated there stays."""
        # A guess by likeness looks like a translation and is none.
        self.msgmerge_options = [*self.msgmerge_options, "--no-fuzzy-matching"]
        options["locale"] = options["locale"] or [
            code for code, _label in settings.LANGUAGES if code != settings.LANGUAGE_CODE
        ]
        options["ignore_patterns"] += ["*/tests/*", "node_modules/*", ".venv/*", "var/*", "build/*"]
        options |= {"no_wrap": True, "no_obsolete": True, "add_location": "file"}
        super().handle(*args, **options)
