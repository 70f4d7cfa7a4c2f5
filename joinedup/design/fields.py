"""Says how one field of a form is to be drawn: which component, which ids, which words describe it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from joinedup.design.widgets import ThreePartDate

GROUPS = {"radios", "checkboxes", "date"}

# The order matters: the narrower widget comes before the one it inherits from.
KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.CheckboxInput, "checkbox"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (ThreePartDate, "date"),
    (forms.widgets.Input, "input"),
]

CLASSES = {
    "input": "nhsuk-input",
    "textarea": "nhsuk-textarea",
    "select": "nhsuk-select",
    "file": "nhsuk-file-upload",
    "checkbox": "nhsuk-checkboxes__input",
}

# Only these can be told "an answer is needed" to a screen reader; a group says it in words.
SAYS_REQUIRED = {"input", "textarea", "select"}


@dataclass(frozen=True)
class DrawnField:
    """One field of a form as the templates need it."""

    field: BoundField
    kind: str
    id: str
    errors: list[str]
    limit: int | None

    @property
    def hint_id(self) -> str:
        """Id of the help text."""
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        """Id of the error messages beside the field."""
        return f"{self.id}-error"

    @property
    def target_id(self) -> str:
        """Where a link to this field leads: its first box, when it has several."""
        if self.kind == "date":
            return f"{self.id}_day"
        return f"{self.id}_0" if self.is_group else self.id

    @property
    def is_group(self) -> bool:
        """Whether several controls answer one question, and so need a fieldset and a legend."""
        return self.kind in GROUPS

    @property
    def is_optional(self) -> bool:
        """Whether to print "(optional)": answers are needed unless we say otherwise."""
        return not self.field.field.required and self.kind not in {"checkbox", "trap"}

    @property
    def described_by(self) -> str:
        """Ids for `aria-describedby`: the help first, then what is wrong, then how much room there is."""
        ids = [self.hint_id] if self.field.help_text else []
        ids += [self.error_id] if self.errors else []
        ids += [f"{self.id}-info"] if self.limit else []
        return " ".join(ids)

    def attributes(self) -> dict[str, Any]:
        """Attributes of the control, on top of those the form's author gave it."""
        given = self.field.field.widget.attrs
        attributes: dict[str, Any] = {"id": self.id}
        if self.kind == "trap":
            return attributes | {"tabindex": "-1", "autocomplete": "off"}
        classes = [given.get("class", ""), CLASSES.get(self.kind, ""), self._width()]
        if self.errors:
            attributes["aria-invalid"] = "true"
            classes += (
                [f"{CLASSES[self.kind]}--error"] if self.kind in {"input", "textarea", "select"} else []
            )
        if self.limit:
            # A browser that cuts a pasted text says nothing; we count aloud, and the server answers kindly.
            attributes["maxlength"] = False
            classes.append("nhsuk-js-character-count")
        attributes["class"] = " ".join(part for part in classes if part)
        if self.described_by and not self.is_group:
            attributes["aria-describedby"] = self.described_by
        if self.field.field.required and self.kind in SAYS_REQUIRED:
            attributes["aria-required"] = "true"
        if self.field.field.disabled:
            attributes["disabled"] = True
        return {
            name: value
            for name, value in (attributes | self._extras(given)).items()
            if value not in ("", None)
        }

    def _width(self) -> str:
        """Short boxes for short answers: their length tells people what is expected."""
        if isinstance(self.field.field, forms.IntegerField) and self.kind == "input":
            return "nhsuk-input--width-5"
        return "nhsuk-input--width-20" if getattr(self.field.field.widget, "input_type", "") == "tel" else ""

    def _extras(self, given: dict[str, Any]) -> dict[str, Any]:
        """What phones and browsers need to offer the right keyboard and the person's own answers."""
        extras: dict[str, Any] = {}
        if self.kind == "textarea":
            extras["rows"] = "6" if given.get("rows") in (None, "10", 10) else given["rows"]
        if isinstance(self.field.field, forms.EmailField):
            extras |= {"autocomplete": given.get("autocomplete", "email"), "spellcheck": "false"}
        elif isinstance(self.field.field, forms.IntegerField) and self.kind == "input":
            extras["inputmode"] = given.get("inputmode", "numeric")
        return extras

    def widget_html(self) -> SafeString:
        """The control itself. Rendered past `as_widget`, so that the browser does not stop a form by itself.

        Our own messages say what to do, stand beside the field and are read aloud; the browser's do not.
        """
        widget = self.field.field.widget
        if self.field.field.localize:
            widget.is_localized = True
        attributes = self.attributes()
        html: str = widget.render(
            name=self.field.html_name,
            value=self.field.value(),
            attrs=attributes,
            renderer=self.field.form.renderer,
        )
        return SafeString(html)  # the widget's own template has escaped it


def _messages(field: BoundField, *, kind: str) -> list[str]:
    """What is wrong with an answer. "This field is required" says neither which nor what to do, so we do."""
    bare = str(forms.Field.default_error_messages["required"])
    asked = _("Please tick: %(label)s") if kind == "checkbox" else _("Please answer: %(label)s")
    return [
        asked % {"label": field.label} if error.code == "required" and message == bare else str(message)
        for error in field.errors.as_data()
        for message in error.messages
    ]


def describe(field: BoundField) -> DrawnField:
    """Say how this field is to be drawn."""
    widget = field.field.widget
    kind = next((name for kind_of_widget, name in KINDS if isinstance(widget, kind_of_widget)), "other")
    if getattr(field.field, "is_trap", False):
        kind = "trap"
    limit = getattr(field.field, "max_length", None) if kind == "textarea" else None
    return DrawnField(
        field=field,
        kind=kind,
        id=str(widget.attrs.get("id") or field.auto_id or f"id_{field.html_name}"),
        errors=_messages(field, kind=kind),
        limit=int(limit) if limit else None,
    )


def options(drawn: DrawnField) -> list[dict[str, Any]]:
    """The radio buttons or checkboxes of a group, in order, with the heading of their sub-group if any."""
    field = drawn.field
    widget = field.field.widget
    context = widget.get_context(field.html_name, field.value(), {"id": drawn.id})
    found: list[dict[str, Any]] = []
    for group, members, _index in context["widget"]["optgroups"]:
        for position, member in enumerate(members):
            found.append(
                {
                    "group": group if position == 0 else None,
                    "type": member["type"],
                    "name": member["name"],
                    "value": member["value"],
                    "id": f"{drawn.id}_{len(found)}",
                    "label": member["label"],
                    "checked": member["selected"],
                    "disabled": field.field.disabled or member["attrs"].get("disabled", False),
                }
            )
    return found


def problems(form: forms.BaseForm) -> list[dict[str, str]]:
    """Every error of a form with a link to the field it is about; errors of the whole form come first."""
    listed = [{"href": "", "text": str(error)} for error in form.non_field_errors()]
    for field in form:
        drawn = describe(field)
        href = "" if drawn.kind in {"hidden", "trap"} else f"#{drawn.target_id}"
        listed += [{"href": href, "text": error} for error in drawn.errors]
    return listed
