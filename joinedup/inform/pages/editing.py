"""The form in which a page is written."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class PageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """A page in the editor. Its address may be left empty: Wagtail then makes it from the title as it saves.

    A script fills it in while the title is typed; on a slow computer the title can be there first.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        """Ask for an address where the title gives none."""
        cleaned: dict[str, Any] = super().clean()
        title = slugify(cleaned.get("title", ""), allow_unicode=True)
        if cleaned.get("slug") == "" and not title:
            self.add_error("slug", _("Write an address: none can be made from the title."))
        return cleaned
