"""An answer that is still being written."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.involve.contributions.models.contribution import Contribution


class AnswerDraft(models.Model):
    """What one member of staff has written so far as the answer to one contribution.

    It is kept so that an answer survives a session that ended, is shown to its writer only, and
    goes when the answer is sent or the person takes back what they said.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="drafts")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("text"))
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "contribution": "pseudonym",
        "written_by": "pseudonym",
        "text": "special",
        "saved_at": "none",
    }
    lawful_basis = Contribution.lawful_basis
    retention = "until the answer is sent or the person takes back what they said"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "written_by"], name="answer_draft_one_each"),
        ]

    def __str__(self) -> str:
        return f"Draft {self.pk} of an answer to {self.contribution_id}"
