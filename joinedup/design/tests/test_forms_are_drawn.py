"""`{{ form }}` draws NHS components: label, hint and error beside the field, all tied together by id."""

import pytest
from django import forms
from django.template import Context, Template

from joinedup.design.gallery_form import GalleryForm
from joinedup.design.renderer import NhsFormRenderer
from joinedup.design.tests.drawn import Element, read

GOOD = {
    "name": "Rahima",
    "email": "rahima@example.org",
    "born_on_day": "27",
    "born_on_month": "3",
    "born_on_year": "1957",
    "words": "More benches.",
    "place": "bow",
    "reply": "phone",
    "agreed": "on",
}


def drawn(data: dict[str, object] | None = None) -> Element:
    return read(GalleryForm(data, renderer=NhsFormRenderer()))


def test_every_question_has_words_tied_to_it() -> None:
    page = drawn()
    labelled = {label.attributes["for"] for label in page.all("label")}
    controls = [c for tag in ("input", "select", "textarea") for c in page.all(tag)]
    assert len(controls) >= 16
    assert [c.attributes["id"] for c in controls if c.attributes["id"] not in labelled] == []


def test_ids_are_used_once() -> None:
    ids = [e.attributes["id"] for e in drawn({}).all() if "id" in e.attributes]
    assert sorted(ids) == sorted(set(ids))


def test_help_is_read_with_the_field() -> None:
    page = drawn()
    assert page.one(id="id_email").attributes["aria-describedby"] == "id_email-hint"
    assert page.one(id="id_email-hint").text == "We only use it to answer you."
    assert "aria-describedby" not in page.one(id="id_name").attributes


def test_error_stands_beside_the_field_and_is_read_with_it() -> None:
    page = drawn(GOOD | {"email": "nobody"})
    field = page.one("input", id="id_email")
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["aria-describedby"] == "id_email-hint id_email-error"
    assert field.has(class_="nhsuk-input--error")
    assert page.one(id="id_email-error").text == "Error: Enter a valid email address."
    group = page.one(class_="nhsuk-form-group--error")
    assert group.one(id="id_email") is field


def test_every_described_by_points_at_something() -> None:
    for page in (drawn(), drawn({})):
        ids = {e.attributes.get("id") for e in page.all()}
        for element in page.all():
            for target in element.attributes.get("aria-describedby", "").split():
                assert target in ids


def test_an_empty_answer_is_named_and_what_was_typed_stays() -> None:
    page = drawn(GOOD | {"name": "", "words": "Ünïcode 🙂 <script>alert(1)</script>"})
    assert page.one(id="id_name-error").text == "Error: Please answer: Your name"
    assert page.one("textarea").text == "Ünïcode 🙂 <script>alert(1)</script>"
    assert page.all("script") == []


def test_an_unticked_box_is_asked_for_in_its_own_words() -> None:
    page = drawn({key: value for key, value in GOOD.items() if key != "agreed"})
    assert page.one(id="id_agreed-error").text == "Error: Please tick: I have read how you use what I send"


def test_phones_get_the_right_keyboard_and_the_persons_own_answers() -> None:
    page = drawn()
    assert page.one(id="id_email").has(type="email", autocomplete="email", spellcheck="false")
    assert page.one(id="id_name").has(autocomplete="name", type="text")
    assert page.one(id="id_phone").has(type="tel", autocomplete="tel")
    assert page.one(id="id_people").has(inputmode="numeric")
    assert page.one(id="id_born_on_day").has(inputmode="numeric", autocomplete="bday-day")


def test_the_browser_does_not_stop_the_form_by_itself() -> None:
    page = drawn()
    assert [e for e in page.all() if "required" in e.attributes] == []
    assert page.one(id="id_name").has(aria_required="true")
    assert "aria-required" not in page.one(id="id_phone").attributes


def test_only_questions_that_need_no_answer_say_so() -> None:
    page = drawn()
    assert page.one("label", for_="id_phone").text == "Phone number (optional)"
    assert page.one("label", for_="id_name").text == "Your name"


@pytest.mark.parametrize(
    ("name", "words"), [("reply", "How should we answer you?"), ("born_on", "Date of birth")]
)
def test_a_group_is_a_fieldset_with_its_question_as_legend(name: str, words: str) -> None:
    fieldset = drawn().one("fieldset", id=f"id_{name}")
    assert fieldset.one("legend").text == words


def test_the_error_of_a_group_is_read_with_the_group() -> None:
    page = drawn(GOOD | {"reply": ""})
    assert page.one("fieldset", id="id_reply").attributes["aria-describedby"] == "id_reply-error"


def test_options_keep_what_was_chosen() -> None:
    page = drawn(GOOD | {"topics": ["health", "walks"]})
    assert [e.attributes["value"] for e in page.all("input", type="radio") if "checked" in e.attributes] == [
        "phone"
    ]
    ticked = [e.attributes["value"] for e in page.all("input", name="topics") if "checked" in e.attributes]
    assert ticked == ["health", "walks"]
    assert [e.attributes["value"] for e in page.all("option") if "selected" in e.attributes] == ["bow"]


def test_a_long_answer_says_how_much_room_there_is() -> None:
    page = drawn()
    box = page.one(class_="nhsuk-character-count")
    assert box.has(data_module="nhsuk-character-count", data_maxlength="2000")
    assert box.one("textarea").attributes["aria-describedby"] == "id_words-hint id_words-info"
    assert box.one(id="id_words-info").text == "You can enter up to 2000 characters"
    assert "maxlength" not in box.one("textarea").attributes, "a pasted text must not be cut without a word"


def test_the_trap_is_out_of_sight_out_of_reach_and_never_asks() -> None:
    page = drawn(GOOD)
    trap = page.one(class_="jo-trap")
    assert trap.has(aria_hidden="true")
    assert trap.one("input", name="website").has(tabindex="-1", autocomplete="off")


def test_error_summary_leads_to_each_field() -> None:
    page = read(
        Template("{% load design %}{{ form|error_summary }}").render(Context({"form": GalleryForm({})}))
    )
    assert page.one(role="alert").one("h2").text == "There is a problem"
    links = {link.attributes["href"]: link.text for link in page.all("a")}
    form = drawn({})
    assert links["#id_born_on_day"] == "Please answer: Date of birth"
    assert links["#id_reply_0"] == "Please answer: How should we answer you?"
    for href in links:
        assert form.one(id=href.removeprefix("#")).tag in {"input", "select", "textarea"}


def test_error_summary_is_silent_without_errors() -> None:
    template = Template("{% include 'design/error_summary.html' with form=form %}")
    assert template.render(Context({"form": GalleryForm()})).strip() == ""
    assert template.render(Context({"form": GalleryForm(GOOD)})).strip() == ""


def test_an_error_of_the_whole_form_is_listed_without_a_link() -> None:
    form = GalleryForm(GOOD)
    form.add_error(None, "We already have this idea from you.")
    page = read(Template("{% load design %}{{ form|error_summary }}").render(Context({"form": form})))
    assert page.one("li").text == "We already have this idea from you."
    assert page.all("a") == []


def test_one_field_is_drawn_alone() -> None:
    page = read(
        Template("{% include 'design/field.html' with field=form.email %}").render(
            Context({"form": GalleryForm()})
        )
    )
    assert page.one("label").text == "Email address"
    assert page.one("input").attributes["id"] == "id_email"


def test_grouped_choices_keep_their_headings() -> None:
    class Sorted(forms.Form):
        service = forms.ChoiceField(
            choices=[
                ("Hospitals", [("rlh", "Royal London"), ("mile-end", "Mile End")]),
                ("Care", [("home", "At home")]),
            ],
            widget=forms.RadioSelect,
        )

    page = read(Sorted(renderer=NhsFormRenderer()))
    assert [p.text for p in page.all("p", class_="jo-field__group")] == ["Hospitals", "Care"]
    assert [i.attributes["id"] for i in page.all("input")] == ["id_service_0", "id_service_1", "id_service_2"]
