"""Who comes in: anyone, anyone with an account, or those whose roles carry the permission."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse

from joinedup.foundation.doors.entry import private, public, requires, signed_in
from joinedup.foundation.permissions import Permission

ADDRESS = "/workspace/x/?a=1&b=2"


def view(request, *args, **kwargs):
    """A page."""
    return HttpResponse(f"inside {args} {kwargs}")


@pytest.fixture
def enter(rf):
    def by(door, user, method="get"):
        request = getattr(rf, method)(ADDRESS)
        request.user = user
        return door(request)

    return by


def asked_to_sign_in(response):
    return (
        response.status_code == 302
        and response["Location"] == "/account/login/?next=/workspace/x/%3Fa%3D1%26b%3D2"
    )


class TestPublic:
    def test_anyone_comes_in(self, enter):
        response = enter(public(view), AnonymousUser())
        assert response.content.startswith(b"inside")
        assert "Cache-Control" not in response

    def test_what_the_address_says_is_handed_on(self, rf):
        assert public(view)(rf.get("/"), 1, slug="x").content == b"inside (1,) {'slug': 'x'}"

    def test_the_mark_is_readable_and_the_view_keeps_its_name(self):
        assert public(view).door == "public"
        assert (public(view).__name__, public(view).__doc__) == ("view", "A page.")


@pytest.mark.django_db
class TestSignedIn:
    def test_a_visitor_is_asked_to_sign_in_and_comes_back(self, enter):
        assert asked_to_sign_in(enter(signed_in(view), AnonymousUser()))

    def test_an_account_is_enough_and_the_page_is_kept_nowhere(self, enter, stranger):
        response = enter(signed_in(view), stranger)
        assert response.content.startswith(b"inside")
        assert response["Cache-Control"] == "no-store, private"

    def test_the_mark_is_readable(self):
        assert signed_in(view).door == "signed-in"


@pytest.mark.django_db
class TestRequires:
    door = staticmethod(requires(Permission.CONTRIBUTION_VIEW)(view))

    @pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
    def test_a_visitor_is_asked_to_sign_in(self, enter, method):
        assert asked_to_sign_in(enter(self.door, AnonymousUser(), method))

    @pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
    def test_a_stranger_is_refused(self, enter, stranger, method):
        with pytest.raises(PermissionDenied):
            enter(self.door, stranger, method)

    def test_another_role_is_refused(self, enter, editor):
        with pytest.raises(PermissionDenied):
            enter(self.door, editor)

    def test_someone_who_was_stopped_is_refused(self, enter, officer):
        officer.is_active = False
        with pytest.raises(PermissionDenied):
            enter(self.door, officer)

    def test_the_role_comes_in_and_the_page_is_kept_nowhere(self, enter, officer):
        response = enter(self.door, officer)
        assert response.content.startswith(b"inside")
        assert response["Cache-Control"] == "no-store, private"

    def test_the_mark_is_the_permission(self):
        assert self.door.door == "contribution.view"


def test_a_stream_is_kept_nowhere_either():
    assert private(StreamingHttpResponse(iter([b"x"])))["Cache-Control"] == "no-store, private"
