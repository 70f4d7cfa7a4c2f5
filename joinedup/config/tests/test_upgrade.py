"""Forward and back: migrating again changes nothing; each newest step can be undone with data in place."""

import json

import pytest
from django.db.migrations.loader import MigrationLoader

from joinedup.config.tests.sites import Site

OURS = ("inform_", "involve_", "coordinate_", "govern_", "directory_", "foundation_")
# A migration that cannot be undone says so at the beginning of its docstring, and why.
STATED = "Cannot be undone"


def test_every_step_of_ours_can_be_undone_or_says_why_not() -> None:
    loader = MigrationLoader(None)
    final = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in loader.disk_migrations.items()
        if app.startswith(OURS) and STATED not in (migration.__doc__ or "")
        for operation in migration.operations
        if not operation.reversible
    ]
    assert len([app for app, _name in loader.disk_migrations if app.startswith(OURS)]) > 10
    assert final == []


@pytest.mark.slow
def test_migrating_again_and_loading_the_sample_again_change_nothing(filled: Site) -> None:
    before = filled.state_after()["tables"]
    after = filled.state_after(["migrate", "-v0"], ["load_sample", "-v0"], ["load_pages", "-v0"])["tables"]
    assert {name: rows for name, rows in after.items() if rows != before.get(name)} == {}
    assert "No migrations to apply" in filled.does("migrate")


BACK_AND_FORTH = """
import json
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from joinedup.config.tests.site_state import tables
OURS = tuple(json.loads(sys.argv[1]))
def newest():
    graph = MigrationExecutor(connection).loader.graph
    for app, name in sorted(graph.leaf_nodes()):
        before = [key for key in graph.node_map[(app, name)].parents if key.key[0] == app]
        if app.startswith(OURS) and before:
            yield (app, name), tuple(before[0].key)
told = {}
for step, one_before in list(newest()):
    was = tables()
    MigrationExecutor(connection).migrate([one_before])
    between = tables()
    # What was built on this step was undone with it; it comes back too, with its tables empty.
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    now = tables()
    told[".".join(step)] = {
        "undone": one_before[1],
        "tables": sorted(set(was) ^ set(now)),
        "lost": sorted(t for t in set(between) & set(was) if now.get(t, [0])[0] != was[t][0]),
        "gone meanwhile": sorted(set(was) - set(between)),
    }
print(json.dumps(told))
"""


@pytest.mark.slow
def test_the_newest_step_of_each_app_goes_back_and_forth_with_data_in_place(
    filled: Site, new_site: object
) -> None:
    site = new_site(filled)  # type: ignore[operator]
    run = site.run("import sys" + BACK_AND_FORTH, json.dumps(OURS))
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout.splitlines()[-1])
    assert len(told) >= 4
    assert {step: about["tables"] for step, about in told.items() if about["tables"]} == {}
    assert {step: about["lost"] for step, about in told.items() if about["lost"]} == {}
    site.does("migrate", "--check")
