"""Pages in sign language are another version of a page: it links to them."""

from django.utils.translation import gettext_lazy as _

from joinedup.foundation.page_versions import Version, register
from joinedup.inform.animations.models import BslPage

register(Version("bsl", _("Watch this in British Sign Language (BSL)"), BslPage, "bsl_version_of"))
