from django.db import migrations

from joinedup.foundation.audit import triggers


class Migration(migrations.Migration):
    """Audit rows are never changed or deleted, whoever asks."""

    dependencies = [("foundation_audit", "0001_initial")]

    operations = [migrations.RunPython(triggers.install, triggers.lift)]
