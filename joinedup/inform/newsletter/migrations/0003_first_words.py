import datetime

from django.db import migrations

TOPICS = [
    ("health-services", "Health services", "GPs, hospitals, pharmacies, dentists and getting an appointment."),
    ("care-at-home", "Care at home", "Help to live well at home, and for people who look after someone."),
    ("children-and-families", "Children and families", "From before birth to leaving school."),
    ("mental-wellbeing", "Mental wellbeing", "Feeling well, and where to turn when you do not."),
    ("ways-to-take-part", "Ways to take part", "Meetings, groups and choices you can have a say in."),
]
VERSION = "1"
WORDS = (
    "Please send me news about health and care near me by email: about the topics I ticked, "
    "or about everything if I ticked none. "
    "Use my details for this and nothing else. I know I can stop at any time: "
    "every email has a link to leave."
)
IN_FORCE_FROM = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)


def write(apps, schema_editor):
    Topic = apps.get_model("inform_newsletter", "Topic")
    for position, (slug, name, description) in enumerate(TOPICS, start=1):
        Topic.objects.get_or_create(
            slug=slug, defaults={"name": name, "description": description, "position": position}
        )
    Wording = apps.get_model("inform_newsletter", "ConsentWording")
    Wording.objects.get_or_create(version=VERSION, defaults={"text": WORDS, "in_force_from": IN_FORCE_FROM})


class Migration(migrations.Migration):
    """The topics and the words of consent that a new site begins with."""

    dependencies = [("inform_newsletter", "0002_triggers")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
