"""Draws whole forms and fields with NHS components.

Only the form and field templates are ours. Widget templates stay Django's, so that the forms of the
editors' admin, which share the renderer of the process, keep their own look.
"""

from django.forms.renderers import DjangoTemplates


class NhsFormRenderer(DjangoTemplates):
    """`FORM_RENDERER`: makes `{{ form }}` and `{{ field.as_field_group }}` NHS components."""

    form_template_name = "design/form.html"
    formset_template_name = "design/formset.html"
    field_template_name = "design/field.html"
