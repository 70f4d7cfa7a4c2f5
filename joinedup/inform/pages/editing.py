"""The form in which a page is written."""

from itertools import chain, count
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class PageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A page in the editor. Its address may be left empty: it is then made from the title.

    A script fills it in while the title is typed; on a slow computer the title can be there first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Make the address where none was written; one that others have gets a number."""
        if self.cleaned_data.get("slug") == "":
            self.cleaned_data["slug"] = self._address()
            if not self.cleaned_data["slug"]:
                self.add_error("slug", _("Write an address: none can be made from the title."))
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def _address(self) -> str:
        base: str = slugify(self.cleaned_data.get("title", ""), allow_unicode=True)
        for tried in chain([base], (f"{base}-{number}" for number in count(2))):
            if Page._slug_is_available(tried, self.parent_page, self.instance):
                break
        return tried
