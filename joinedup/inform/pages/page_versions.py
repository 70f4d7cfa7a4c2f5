"""Easy read pages are another version of a page: it links to them."""

from django.utils.translation import gettext_lazy as _

from joinedup.foundation.page_versions import Version, register
from joinedup.inform.pages.models import EasyReadPage

register(
    Version(
        "easy-read",
        _("Read this in easy words and pictures (easy read)"),
        EasyReadPage,
        "easy_version_of",
    )
)
