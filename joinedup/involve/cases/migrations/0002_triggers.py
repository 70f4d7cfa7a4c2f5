from django.db import migrations

from joinedup.involve.cases import triggers


class Migration(migrations.Migration):
    """No case closes untold, and no answer goes out unagreed."""

    dependencies = [
        ("involve_cases", "0001_initial"),
        ("involve_contributions", "0004_cases_and_stories"),
    ]

    operations = [migrations.RunPython(triggers.install, triggers.lift)]
