import datetime

from django.db import migrations

NAME = "a second person"  # the editor says "Submit to a second person"


def add_workflow(apps, schema_editor):
    """Every page waits for a second person; the editors' group loses the permission to publish by itself."""
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="editor")
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(
        group=group, permission__codename="publish_page"
    ).delete()
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="inform_pages", model="secondperson"
    )
    # Wagtail brings along a workflow of its own, for groups that match no role.
    workflow_page = apps.get_model("wagtailcore", "WorkflowPage")
    workflow_page.objects.all().delete()
    apps.get_model("wagtailcore", "Workflow").objects.update(active=False)
    apps.get_model("wagtailcore", "Task").objects.update(active=False)
    task = apps.get_model("inform_pages", "SecondPerson").objects.create(name=NAME, content_type=content_type)
    task.groups.add(group)
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=NAME)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is not None:
        workflow_page.objects.create(page=root, workflow=workflow)


def remove_workflow(apps, schema_editor):
    """The editors' group may publish again, as before."""
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=NAME).delete()
    apps.get_model("inform_pages", "SecondPerson").objects.filter(name=NAME).delete()
    group = apps.get_model("auth", "Group").objects.filter(name="editor").first()
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    permission = apps.get_model("auth", "Permission").objects.filter(codename="publish_page").first()
    if group and root and permission:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=permission
        )


def add_reviews(apps, schema_editor):
    """Pages that are public already are looked at again a year after they were last published."""
    today = datetime.date.today()
    review = apps.get_model("inform_pages", "PageReview")
    kinds = ["homepage", "contentpage", "policypage"]
    pages = apps.get_model("wagtailcore", "Page").objects.filter(
        live=True, content_type__app_label="inform_pages", content_type__model__in=kinds
    )
    for page in pages:
        checked = page.last_published_at.date() if page.last_published_at else today
        again = checked + datetime.timedelta(days=365)
        review.objects.get_or_create(page=page, defaults={"checked_on": checked, "review_on": again})


class Migration(migrations.Migration):
    """Publishing takes two people from now on."""

    dependencies = [("inform_pages", "0004_upkeep")]

    operations = [
        migrations.RunPython(add_workflow, remove_workflow),
        migrations.RunPython(add_reviews, migrations.RunPython.noop),
    ]
