from django.db import migrations, models


class Migration(migrations.Migration):
    """The index of what is owed holds all that puts the queue in order, so that its rows are not read for it.

    Taking and adding an index makes no table anew on SQLite, so the triggers stay as they are.
    """

    dependencies = [("involve_contributions", "0005_brought_in")]

    operations = [
        migrations.RemoveIndex(model_name="contribution", name="contribution_owed"),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["state", "answer_by_on", "received_at", "last_heard_at", "read_by_on"],
                name="contribution_owed",
            ),
        ),
    ]
