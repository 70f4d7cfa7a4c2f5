"""Who may see and work on a case: by role, and in an organisation those who lead it or have a part."""

from django.http import Http404

from joinedup.foundation.permissions import Permission
from joinedup.foundation.permissions import may as roles_allow
from joinedup.involve.cases.models import Case, Part


def get_for(user: object, permission: Permission, *, reference: str) -> Case:
    """The case with that reference if the user may do this to it; otherwise it is not found."""
    rows = Case.objects.for_user(user, permission).select_related("lead", "owner", "merged_into")
    case = rows.filter(reference=reference.upper()).first()
    if case is None:
        raise Http404
    return case


def may(user: object, permission: Permission, case: Case) -> bool:
    """Whether the user's roles carry the permission for this case."""
    return Case.objects.for_user(user, permission).filter(pk=case.pk).exists()


def part_for(user: object, permission: Permission, *, reference: str, pk: int) -> Part:
    """A standing part of that case if the user may do this to it; otherwise it is not found.

    Staff of an organisation reach the parts of their own organisation, and those who lead a case see all.
    """
    case = get_for(user, Permission.CASE_VIEW, reference=reference)
    rows = Part.objects.standing().select_related("organisation", "owner", "case__lead")
    part = rows.filter(case=case, pk=pk).first()
    if part is None or not roles_allow(user, permission, part):
        raise Http404
    return part
