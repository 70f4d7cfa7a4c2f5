from django.db import migrations, models


class Migration(migrations.Migration):
    """What someone marked as urgent is found without reading every decision."""

    dependencies = [("involve_sorting", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="sorting",
            index=models.Index(
                condition=models.Q(("is_urgent", True)), fields=["contribution"], name="sorting_urgent"
            ),
        ),
    ]
