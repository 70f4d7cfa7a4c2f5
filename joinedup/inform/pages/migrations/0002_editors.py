from django.db import migrations

PAGE_VERBS = ["add", "change", "publish", "lock", "unlock", "bulk_delete"]
PICTURE_VERBS = ["add", "change", "choose"]


def _permission(apps, app_label, model, codename, name):
    """Permissions are made after all migrations have run, which is too late for ours: make them here if need be."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def add_group(apps, schema_editor):
    """The page editor's group for the role `editor`; Wagtail's own two groups match no role and go."""
    group_model = apps.get_model("auth", "Group")
    group_model.objects.filter(name__in=["Moderators", "Editors"]).delete()
    group, _ = group_model.objects.get_or_create(name="editor")
    group.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"))
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    for verb in PAGE_VERBS:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group,
            page=root,
            permission=_permission(apps, "wagtailcore", "page", f"{verb}_page", f"Can {verb} page"),
        )
    collection = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for verb in PICTURE_VERBS:
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
            group=group,
            collection=collection,
            # Wagtail asks for the permissions of its own image model, whichever model pictures are kept in.
            permission=_permission(apps, "wagtailimages", "image", f"{verb}_image", f"Can {verb} image"),
        )


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name="editor").delete()


class Migration(migrations.Migration):
    """Roles are matched to the page editor's groups by name."""

    dependencies = [
        ("inform_pages", "0001_initial"),
        ("inform_pictures", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(add_group, remove_group)]
