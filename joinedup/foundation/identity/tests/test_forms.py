"""Our forms hold whatever is typed, and clean it the same way each time."""

import pytest
from django.http import Http404, QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from joinedup.foundation.identity.access import get_for
from joinedup.foundation.identity.forms import AcceptForm, FindForm, InviteForm
from joinedup.foundation.identity.models import Invitation, Membership, User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission

TYPED = st.text(max_size=200)


class TestWhateverIsTyped(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(name=TYPED, password=TYPED)
    def test_accepting_gives_a_name_in_one_line_or_an_error(self, name: str, password: str) -> None:
        form = AcceptForm({"name": name, "password": password}, user=User(email="n@example.org"))
        if form.is_valid():
            kept = form.cleaned_data["name"]
            assert kept
            assert kept == " ".join(kept.split())
            assert form.cleaned_data["password"] == password
            assert len(password) >= 12
        else:
            assert form.errors

    @settings(max_examples=60, deadline=None)
    @given(name=TYPED, email=st.one_of(TYPED, st.emails()), role=TYPED)
    def test_inviting_gives_an_address_in_small_letters_or_an_error(
        self, name: str, email: str, role: str
    ) -> None:
        form = InviteForm({"name": name, "email": email, "role": role, "organisation": "0"})
        assert not form.is_valid()
        assert {"role", "organisation"} <= set(form.errors)
        if "email" in form.cleaned_data:
            assert form.cleaned_data["email"] == form.cleaned_data["email"].lower()

    @settings(max_examples=60, deadline=None)
    @given(words=TYPED)
    def test_looking_for_any_words_finds_only_who_has_them_all(self, words: str) -> None:
        organisation = Organisation.objects.create(name="O", slug="o", kind="nhs")
        for name in ("Ada", "Bo"):
            user = User.objects.create_user(f"{name}@example.org", name=name)
            Membership.objects.create(user=user, organisation=organisation, role="editor")
        form = FindForm(QueryDict(mutable=True) | {"q": words})
        asked = form.cleaned_data["q"] if form.is_valid() else ""
        for found in Membership.objects.for_list().matching(asked):
            everything = f"{found.user.name} {found.user.email}".lower()
            assert all(word.lower() in everything for word in asked.split())

    @settings(max_examples=60, deadline=None)
    @given(secret=TYPED)
    def test_no_guessed_secret_opens_an_invitation(self, secret: str) -> None:
        assert Invitation.objects.by_secret(secret) is None

    def test_secrets_never_come_twice_and_fit_an_address(self) -> None:
        secrets = {Invitation.new_secret() for _time in range(500)}
        assert len(secrets) == 500
        assert all(
            len(secret) == 43 and secret.replace("-", "").replace("_", "").isalnum() for secret in secrets
        )


@pytest.mark.django_db
class TestReachingOneMembership:
    def test_those_who_may_reach_it(self, administrator: User, officer: User) -> None:
        membership = officer.memberships.get()
        assert get_for(administrator, Permission.MEMBER_END, pk=membership.pk) == membership

    @pytest.mark.parametrize("who", ["stranger", "partner", "editor", "officer", "privacy_officer"])
    def test_for_everyone_else_there_is_none(self, administrator: User, who: str, request) -> None:
        with pytest.raises(Http404):
            get_for(
                request.getfixturevalue(who), Permission.MEMBER_END, pk=administrator.memberships.get().pk
            )

    def test_nor_for_a_visitor(self, administrator: User) -> None:
        for nobody in (None, object()):
            with pytest.raises(Http404):
                get_for(nobody, Permission.MEMBER_VIEW, pk=administrator.memberships.get().pk)
