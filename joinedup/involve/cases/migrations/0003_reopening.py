from django.db import migrations

from joinedup.involve.cases import reopening


class Migration(migrations.Migration):
    """Whoever says more opens their case again; nobody joins a closed one; answers not shown stay inside."""

    dependencies = [("involve_cases", "0002_triggers")]

    operations = [migrations.RunPython(reopening.install, reopening.lift)]
