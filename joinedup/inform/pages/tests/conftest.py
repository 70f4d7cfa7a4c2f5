"""The site with its pages, and two editors."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from conftest import loaded_for_a_file, person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.inform.pages.models import HomePage
from joinedup.inform.pages.sample import load_pages


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The pages, loaded once for each file of tests and taken away afterwards."""
    with loaded_for_a_file(django_db_blocker, lambda: load_pages(by=System("test"))):
        yield


@pytest.fixture
def home(site: None, db: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def second_editor(elft: Organisation) -> User:
    """Another editor, of another organisation: the same role is enough."""
    user = person("second", elft, "editor")
    user.groups.set(Group.objects.filter(name="editor"))
    return user


@pytest.fixture
def writer(home: HomePage, editor: User, client_for: Callable[[User], Client]) -> Client:
    """The browser of the editor who writes."""
    return client_for(editor)


@pytest.fixture
def reader(home: HomePage, second_editor: User, client_for: Callable[[User], Client]) -> Client:
    """The browser of the editor who reads what another wrote."""
    return client_for(second_editor)
