from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# The full-text index of each database, kept in step by the database itself. Stems hold letters, figures
# and marks only; the categories say so to SQLite, which otherwise breaks Bengali words at vowel signs.
# A later migration that makes SQLite copy this table anew must install these triggers again.
_COLUMNS = "title_words, summary_words, body_words"
_OLD = "old.title_words, old.summary_words, old.body_words"
_NEW = "new.title_words, new.summary_words, new.body_words"
_FORGET = f"INSERT INTO inform_search_entry_fts(inform_search_entry_fts, rowid, {_COLUMNS}) VALUES ('delete', old.id, {_OLD});"
_KEEP = f"INSERT INTO inform_search_entry_fts(rowid, {_COLUMNS}) VALUES (new.id, {_NEW});"
_INSTALL = {
    "sqlite": [
        f"""CREATE VIRTUAL TABLE inform_search_entry_fts USING fts5({_COLUMNS},
            content='inform_search_entry', content_rowid='id',
            tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'")""",
        f"CREATE TRIGGER inform_search_entry_added AFTER INSERT ON inform_search_entry BEGIN {_KEEP} END",
        f"CREATE TRIGGER inform_search_entry_gone AFTER DELETE ON inform_search_entry BEGIN {_FORGET} END",
        f"""CREATE TRIGGER inform_search_entry_changed AFTER UPDATE OF {_COLUMNS} ON inform_search_entry
            BEGIN {_FORGET} {_KEEP} END""",
    ],
    "postgresql": [
        """ALTER TABLE inform_search_entry
           ADD COLUMN vector tsvector GENERATED ALWAYS AS (lexemes::tsvector) STORED""",
        "CREATE INDEX inform_search_entry_vector ON inform_search_entry USING gin (vector)",
    ],
}
_TAKE_AWAY = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS inform_search_entry_changed",
        "DROP TRIGGER IF EXISTS inform_search_entry_gone",
        "DROP TRIGGER IF EXISTS inform_search_entry_added",
        "DROP TABLE IF EXISTS inform_search_entry_fts",
    ],
    "postgresql": [
        "DROP INDEX IF EXISTS inform_search_entry_vector",
        "ALTER TABLE inform_search_entry DROP COLUMN IF EXISTS vector",
    ],
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the full-text index in place (a forward migration step)."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_away(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away (the backward step)."""
    for statement in _TAKE_AWAY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('headings', models.TextField(blank=True, verbose_name='headings')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('href', models.CharField(max_length=500, verbose_name='address')),
                ('digest', models.CharField(max_length=40)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('title_words', models.TextField(blank=True)),
                ('summary_words', models.TextField(blank=True)),
                ('body_words', models.TextField(blank=True)),
                ('lexemes', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'thing that can be found',
                'verbose_name_plural': 'things that can be found',
                'indexes': [models.Index(fields=['language'], name='search_entry_language')],
            },
        ),
        migrations.CreateModel(
            name='MissedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=40)),
                ('words', models.CharField(blank=True, max_length=60, verbose_name='what was looked for')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('day', models.DateField(db_index=True, verbose_name='day')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='how often')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('digest', 'language', 'day'), name='search_missed_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('word', models.CharField(db_index=True, max_length=40, verbose_name='word')),
                ('stem', models.CharField(db_index=True, max_length=40, verbose_name='stem')),
                ('letters', models.PositiveSmallIntegerField(verbose_name='how many letters')),
                ('entries', models.PositiveIntegerField(default=0, verbose_name='in how many texts')),
            ],
            options={
                'indexes': [models.Index(fields=['letters'], name='search_word_letters')],
                'constraints': [models.UniqueConstraint(fields=('language', 'word'), name='search_word_once')],
            },
        ),
        migrations.RunPython(install, take_away),
    ]
