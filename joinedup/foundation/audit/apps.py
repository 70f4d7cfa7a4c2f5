from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of who did what: written in the same transaction, never changed."""

    name = "joinedup.foundation.audit"
    label = "foundation_audit"
    verbose_name = "Audit"
