"""The mail with an invitation, sent through Django's mail API."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from joinedup.foundation.identity.models import INVITATION_LASTS, User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES


def invitation_link(secret: str) -> str:
    """Where the person chooses their password; whoever has the link can do it, once."""
    return f"{settings.WORKSPACE_URL}{reverse('identity:invitation', args=[secret])}"


def send_invitation(*, user: User, organisation: Organisation, role: str, secret: str) -> None:
    """Tell someone of their role: with a link to choose a password, or without a secret where to sign in."""
    context = {
        "user": user,
        "organisation": organisation,
        "role": ROLES[role],
        "link": invitation_link(secret) if secret else "",
        "sign_in_link": f"{settings.WORKSPACE_URL}{reverse('account_login')}",
        "days": INVITATION_LASTS.days,
        "partnership": settings.PARTNERSHIP,
        "site_url": settings.SITE_URL,
        "workspace_url": settings.WORKSPACE_URL,
        "language": get_language(),
    }
    template = "identity/mail/invitation" if secret else "identity/mail/new_role"
    subject = context["subject"] = " ".join(render_to_string(f"{template}.subject.txt", context).split())
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{template}.txt", context).strip() + "\n",
        to=[user.email],
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    mail.send()
