"""Every field says whether it is about a person, and every personal model why and how long."""

from typing import ClassVar

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from joinedup.config.house import fields


def test_every_field_of_every_model_is_classed() -> None:
    assert fields.faults() == []


def test_no_row_stands_for_a_library_table_that_is_gone() -> None:
    there = {model._meta.label_lower for model in apps.get_models()}
    assert fields.LIBRARY_TABLES.keys() - there == {"wagtailsearch.sqliteftsindexentry"} - there


@isolate_apps("joinedup.config")
def test_an_unclassed_field_is_caught() -> None:
    class Visit(models.Model):
        """A visit. Somebody came."""

        name = models.CharField(max_length=10)
        personal_data: ClassVar[dict[str, str]] = {"id": "none"}

        class Meta:
            app_label = "config"

    assert fields.faults_of(Visit) == ["config.Visit.name: not classed in personal_data"]


@isolate_apps("joinedup.config")
def test_a_personal_model_without_basis_and_retention_is_caught() -> None:
    class Visit(models.Model):
        """A visit. Somebody came."""

        name = models.CharField(max_length=10)
        personal_data: ClassVar[dict[str, str]] = {"id": "none", "name": "personal"}

        class Meta:
            app_label = "config"

    assert fields.faults_of(Visit) == [
        "config.Visit: personal, but says no lawful_basis",
        "config.Visit: personal, but says no retention",
    ]


@isolate_apps("joinedup.config")
def test_a_model_that_does_not_say_what_it_means_is_caught() -> None:
    class Visit(models.Model):
        personal_data: ClassVar[dict[str, str]] = {"id": "none"}

        class Meta:
            app_label = "config"

    assert fields.faults_of(Visit) == ["config.Visit: open with two sentences of meaning"]
