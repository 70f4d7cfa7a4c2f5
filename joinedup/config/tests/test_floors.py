"""Every arrow points down: imports, foreign keys and templates."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import models
from django.test.utils import isolate_apps

from joinedup.config.environment import ROOT
from joinedup.config.house import floors
from joinedup.inform.newsletter.models import Subscriber

LINT = Path(sys.executable).parent / "lint-imports"


def test_relations_between_models_hold_the_floors() -> None:
    assert floors.relation_faults() == []


def test_templates_hold_the_floors() -> None:
    assert floors.template_faults() == []


def test_areas_may_not_use_one_another() -> None:
    assert not floors.may_use("joinedup.inform.pages.models", "joinedup.involve.contributions.models")
    assert floors.may_use("joinedup.inform.pages.models", "joinedup.foundation.organisations.models")
    assert not floors.may_use("joinedup.foundation.organisations.models", "joinedup.inform.pages.models")
    assert not floors.may_use(
        "joinedup.foundation.organisations.models", "joinedup.foundation.identity.models"
    )


@isolate_apps("joinedup.involve.contributions")
def test_a_foreign_key_to_another_area_is_caught() -> None:
    class Nosy(models.Model):
        subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="+")
        __module__ = "joinedup.involve.contributions.models"

        class Meta:
            app_label = "involve_contributions"

    assert floors.relation_faults([Nosy]) == [
        "involve_contributions.Nosy.subscriber -> inform_newsletter.Subscriber"
    ]


@pytest.mark.slow
def test_an_import_from_inform_to_involve_is_caught(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "joinedup", tmp_path / "joinedup", ignore=shutil.ignore_patterns("__pycache__", "static")
    )
    shutil.copy(ROOT / ".importlinter", tmp_path)
    nosy = tmp_path / "joinedup/inform/newsletter/actions.py"
    nosy.write_text(
        nosy.read_text() + "\nfrom joinedup.involve.contributions import models as nosy  # noqa\n"
    )
    run = subprocess.run([LINT, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "joinedup.inform is not allowed to import joinedup.involve" in run.stdout
