from django.db import migrations

from joinedup.inform.newsletter import triggers


class Migration(migrations.Migration):
    """Evidence of consent is never changed, whoever asks."""

    dependencies = [("inform_newsletter", "0001_initial")]

    operations = [migrations.RunPython(triggers.install, triggers.lift)]
