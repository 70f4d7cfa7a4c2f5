import datetime

from django.db import migrations, models

from joinedup.inform.newsletter import triggers

NAMES = {
    "health-services": "স্বাস্থ্যসেবা",
    "care-at-home": "বাড়িতে দেখাশোনা",
    "children-and-families": "শিশু ও পরিবার",
    "mental-wellbeing": "মনের সুস্থতা",
    "ways-to-take-part": "অংশ নেওয়ার উপায়",
}
VERSION = "1-bn"
WORDS = (
    "আমার এলাকার স্বাস্থ্য ও পরিচর্যার খবর আমাকে ইমেইলে পাঠান: যেসব বিষয়ে আমি টিক দিয়েছি সেগুলোর খবর, "
    "আর কোনোটিতে টিক না দিলে সব বিষয়ের খবর। "
    "আমার তথ্য শুধু এই কাজে ব্যবহার করবেন, আর কিছুতে নয়। আমি জানি, আমি যেকোনো সময় এটা বন্ধ করতে পারি: "
    "প্রতিটি ইমেইলে বন্ধ করার লিংক থাকে।"
)
# A moment before the English words: a release that knows no languages must go on taking those.
IN_FORCE_FROM = datetime.datetime(2026, 10, 31, tzinfo=datetime.UTC)


def write(apps, schema_editor):
    Topic = apps.get_model("inform_newsletter", "Topic")
    for slug, name in NAMES.items():
        Topic.objects.filter(slug=slug).update(names={"bn": name})
    Wording = apps.get_model("inform_newsletter", "ConsentWording")
    Wording.objects.update_or_create(
        version=VERSION, defaults={"language": "bn", "text": WORDS, "in_force_from": IN_FORCE_FROM}
    )


class Migration(migrations.Migration):
    """Topics and words of consent in more than one language, and both in Bengali.

    The triggers are lifted meanwhile: SQLite changes a table by making it anew, without them.
    """

    dependencies = [("inform_newsletter", "0003_first_words")]

    operations = [
        migrations.RunPython(triggers.lift, triggers.install),
        migrations.AddField(
            model_name="topic",
            name="names",
            field=models.JSONField(blank=True, default=dict, verbose_name="name in other languages"),
        ),
        migrations.AddField(
            model_name="consentwording",
            name="language",
            field=models.CharField(default="en", max_length=10, verbose_name="language"),
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.RunPython(triggers.install, triggers.lift),
    ]
