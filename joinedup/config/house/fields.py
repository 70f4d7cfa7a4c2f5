"""Every field of every model, and whether it is about a person."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Model

CLASSES = {"none", "pseudonym", "personal", "special", "secret"}

# Tables of libraries: whether they hold anything about a person, and what. A new table needs a row here.
LIBRARY_TABLES = {
    "account.emailaddress": "personal: the address staff sign in with",
    "account.emailconfirmation": "secret: not used, addresses come by invitation",
    "auth.group": "none",
    "auth.permission": "none",
    "contenttypes.contenttype": "none",
    "django_tasks_database.dbtaskresult": "none: jobs carry no personal arguments",
    "mfa.authenticator": "secret: one-time-code secrets, encrypted",
    "sessions.session": "pseudonym: staff who are signed in",
    "simple_translation.simpletranslation": "none",
    "taggit.tag": "none",
    "taggit.taggeditem": "none",
    "wagtailadmin.admin": "none",
    "wagtailadmin.editingsession": "pseudonym: who has a page open",
    "wagtailadmin.formstate": "pseudonym: what an editor has typed and not saved",
    "wagtailcore.apitoken": "secret: not used",
    "wagtailcore.collection": "none",
    "wagtailcore.collectionviewrestriction": "none",
    "wagtailcore.comment": "personal: editors' remarks on drafts",
    "wagtailcore.commentreply": "personal: editors' remarks on drafts",
    "wagtailcore.groupapprovaltask": "none",
    "wagtailcore.groupcollectionpermission": "none",
    "wagtailcore.grouppagepermission": "none",
    "wagtailcore.groupsitepermission": "none",
    "wagtailcore.locale": "none",
    "wagtailcore.modellogentry": "pseudonym: who changed a picture",
    "wagtailcore.page": "pseudonym: which editor made a page",
    "wagtailcore.pagelogentry": "pseudonym: who changed a page",
    "wagtailcore.pagesubscription": "pseudonym: who follows a page's comments",
    "wagtailcore.pageviewrestriction": "none",
    "wagtailcore.referenceindex": "none",
    "wagtailcore.revision": "pseudonym: which editor wrote a draft",
    "wagtailcore.site": "none",
    "wagtailcore.task": "none",
    "wagtailcore.taskstate": "pseudonym: who approved a page",
    "wagtailcore.uploadedfile": "pseudonym: which editor uploaded a file",
    "wagtailcore.workflow": "none",
    "wagtailcore.workflowcontenttype": "none",
    "wagtailcore.workflowpage": "none",
    "wagtailcore.workflowstate": "pseudonym: who asked for approval",
    "wagtailcore.workflowtask": "none",
    "wagtaildocs.document": "none: not used, nobody may upload any",
    "wagtailembeds.embed": "none",
    "wagtailimages.image": "none: not used, pictures are our own table",
    "wagtailimages.rendition": "none: not used",
    "wagtailredirects.redirect": "none",
    "wagtailsearch.indexentry": "none: public pages only",
    "wagtailsearch.sqliteftsindexentry": "none: public pages only",
    "wagtailusers.userprofile": "personal: an editor's preferences and portrait",
}


def is_ours(model: type[Model]) -> bool:
    """Whether we wrote the model."""
    return model.__module__.startswith("joinedup.")


def faults_of(model: type[Model]) -> list[str]:
    """What is not said about a model of ours."""
    label = model._meta.label
    classes: dict[str, str] = getattr(model, "personal_data", {})
    fields = {f.name for f in (*model._meta.local_fields, *model._meta.local_many_to_many)}
    said = [f"{label}.{name}: not classed in personal_data" for name in sorted(fields - classes.keys())]
    said += [f"{label}.{name}: classed, but no such field" for name in sorted(classes.keys() - fields)]
    said += [f"{label}.{name}: {c!r} is not a class" for name, c in classes.items() if c not in CLASSES]
    if any(c != "none" for c in classes.values()):
        said += [
            f"{label}: personal, but says no {w}"
            for w in ("lawful_basis", "retention")
            if not getattr(model, w, "")
        ]
    if not model.__doc__ or model.__doc__.count(".") < 2 or model.__doc__.startswith(f"{model.__name__}("):
        said.append(f"{label}: open with two sentences of meaning")
    return said


def faults(models: Iterable[type[Model]] | None = None) -> list[str]:
    """What is not said, over all models; those of libraries need a row in LIBRARY_TABLES."""
    said: list[str] = []
    for model in models if models is not None else apps.get_models(include_auto_created=False):
        if is_ours(model):
            said += faults_of(model)
        elif model._meta.label_lower not in LIBRARY_TABLES and not model._meta.proxy:
            said.append(f"{model._meta.label_lower}: no row in LIBRARY_TABLES")
    return said
