"""What search may show: public programmes and projects, in plain words."""

import pytest
from django.utils import translation

from joinedup.foundation import findable
from joinedup.govern.programmes.factories import a_disagreement, a_partner, a_programme, a_project, a_result
from joinedup.govern.programmes.models.shapes import Status

pytestmark = pytest.mark.django_db


def ours() -> dict[str, findable.Findable]:
    return {one.key: one for one in findable.everything() if one.key.startswith("govern_programmes.")}


def test_programmes_and_projects_are_found_with_all_their_words() -> None:
    project = a_project(
        a_programme(name="Lamps", story="Lit at night. [a-source]"), name="Bridge", what_it_did="Hung them."
    )
    a_result(project=project, statement="Brighter.", figure="652")
    a_disagreement(programme=project.programme, question="How many?")
    a_partner(project=project, name="Canal University")
    found = ours()
    programme = found[f"govern_programmes.programme:{project.programme.pk}:en"]
    part = found[f"govern_programmes.project:{project.pk}:en"]
    assert (programme.title, programme.kind, programme.language) == ("Lamps", "Programme", "en")
    assert programme.href == project.programme.get_absolute_url()
    assert "Lit at night." in programme.body
    assert "[a-source]" not in programme.body
    assert "How many?" in programme.body
    for words in ("Hung them.", "Brighter.", "652", "Canal University", "Lamps"):
        assert words in part.body
    assert part.href == project.get_absolute_url()


def test_what_ended_is_over_and_of_nothing_else_is_that_said() -> None:
    programme = a_programme(status=Status.ENDED)
    over = {status: a_project(programme, status=status).pk for status in Status}
    found = ours()
    assert found[f"govern_programmes.programme:{programme.pk}:en"].over_from == findable.LONG_AGO
    for status, pk in over.items():
        ended = findable.LONG_AGO if status == Status.ENDED else None
        assert found[f"govern_programmes.project:{pk}:en"].over_from == ended, status


def test_its_kind_is_said_in_its_language_whoever_changes_it() -> None:
    a_project()
    with translation.override("bn"):
        assert {str(one.kind) for one in ours().values()} == {"Programme", "Project"}


def test_each_is_found_again_by_its_key() -> None:
    a_result(project=a_project())
    found = ours()
    assert len(found) == 2
    for key, one in found.items():
        assert findable.one(key) == one


def test_what_is_not_public_is_not_found() -> None:
    hidden = a_programme(is_public=False)
    inside, own = a_project(hidden), a_project(is_public=False)
    keys = ours().keys()
    assert keys == {f"govern_programmes.programme:{own.programme.pk}:en"}
    for key in (f"programme:{hidden.pk}:en", f"project:{inside.pk}:en", f"project:{own.pk}:en"):
        assert findable.one(f"govern_programmes.{key}") is None


@pytest.mark.parametrize(
    "key", ["programme:x:en", "programme:1:bn", "programme:", "project:1", "project:²:en"]
)
def test_a_key_that_is_none_finds_nothing(key: str) -> None:
    a_project()
    assert findable.one(f"govern_programmes.{key}") is None


def test_many_cost_few_queries(django_assert_max_num_queries) -> None:
    programme = a_programme()
    for _number in range(6):
        a_result(project=a_project(programme))
    with django_assert_max_num_queries(15):
        ours()
