from django.db import migrations

from joinedup.involve.contributions import triggers


class Migration(migrations.Migration):
    """Words and answers stay as written; nothing is answered while the person has not been told."""

    dependencies = [("involve_contributions", "0001_initial")]

    operations = [migrations.RunPython(triggers.install, triggers.lift)]
