"""The door at the reference: how it stands, add, put right, take back. A pass in the form, no session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.doors.throttle import client_address, too_many
from joinedup.foundation.doors.trust import confirming, refill
from joinedup.foundation.thread.told import news_of
from joinedup.involve.contributions import access, references
from joinedup.involve.contributions.actions import allowing
from joinedup.involve.contributions.actions.speaking import Closed, add_words, correct, withdraw
from joinedup.involve.contributions.forms.following import (
    ComeBackForm,
    CorrectForm,
    FollowForm,
    MoreForm,
    TokenForm,
)
from joinedup.involve.contributions.models import Contribution, Words
from joinedup.involve.contributions.models.words import as_they_stand
from joinedup.involve.contributions.views.sending import refused

MORE = {"add": (MoreForm, add_words), "correct": (CorrectForm, correct)}


def _ask(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    """The page that asks for reference and word."""
    return render(request, "contributions/follow.html", {"form": form, **context})


def _status(request: HttpRequest, contribution: Contribution, *, done: str = "") -> HttpResponse:
    """How it stands, what happens next and by when."""
    today = timezone.localdate()
    words = list(contribution.words.oldest_first())
    answers = list(contribution.answers.oldest_first())
    pending = [answer for answer in answers if not answer.is_told]
    context = {
        "contribution": contribution,
        "words": as_they_stand(words),
        "corrected": any(row.kind == Words.Kind.CORRECTION for row in words),
        "answers": [answer for answer in answers if answer.is_told],
        "pending": pending[-1] if pending else None,
        "is_read_late": contribution.read_by_on < today,
        "is_answer_late": contribution.answer_by_on < today,
        "tellings": news_of((contribution._meta.label_lower, contribution.pk)),
        "token": access.token_for(contribution),
        "done": done,
        "noindex": True,
    }
    return render(request, "contributions/status.html", context)


def _tries_left(request: HttpRequest) -> bool:
    """Whether this address, and this reference from anywhere, have tries left."""
    # Once the address has none left, nothing more is counted: a flood must not push others' counts out.
    if too_many("contribution.follow", client_address(request)):
        return False
    reference = references.parse(request.POST.get("reference", ""))
    return reference is None or not too_many("contribution.follow.reference", reference)


def _let_in(request: HttpRequest, form: FollowForm) -> Contribution | None:
    """The contribution that reference and word open; otherwise the form says that they do not."""
    if not form.is_valid():
        return None
    contribution = access.by_reference_and_word(form.cleaned_data["reference"], form.cleaned_data["word"])
    if contribution is None:
        phone = settings.PARTNERSHIP["phone"]
        say = _("We did not find this reference with this word. Check both and try again, or ring us")
        form.add_error(None, f"{say}: {phone}" if phone else say)
        form.add_error("reference", _("Check your reference"))
        form.add_error("word", _("Check your word"))
    return contribution


@confirming
def follow(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """Come in by reference and word, or come back to the page by the pass in the form."""
    if request.method != "POST":
        return _ask(request, FollowForm())
    if "token" in request.POST and "word" not in request.POST:
        contribution = access.by_token(request.POST["token"])
        if contribution is None or not trusted:
            return _ask(request, FollowForm(), out_of_date=True)
        return _status(request, contribution)
    if not trusted:
        return _ask(request, refill(FollowForm, request.POST), confirm=True)
    if not _tries_left(request):
        return refused(request, "", busy=True)
    form = FollowForm(request.POST)
    contribution = _let_in(request, form)
    return _ask(request, form) if contribution is None else _status(request, contribution)


def _come_back(request: HttpRequest, step: str) -> Contribution | HttpResponse:
    """Who is let in to a step, by the pass or by reference and word; else the page that asks for them."""
    contribution = access.by_token(request.POST.get("token", ""))
    if contribution is not None:
        return contribution
    if "word" not in request.POST:
        kept = {name: request.POST[name] for name in ("words", "once") if request.POST.get(name)}
        form: FollowForm = ComeBackForm(initial=kept) if "words" in kept else FollowForm()
        return _ask(request, form, out_of_date=True, step=step if "words" in kept else "")
    if not _tries_left(request):
        return refused(request, request.POST.get("words", ""), busy=True)
    form = ComeBackForm(request.POST)
    contribution = _let_in(request, form)
    return _ask(request, form, step=step) if contribution is None else contribution


def _more_page(
    request: HttpRequest, step: str, form: Any, token: str, *, confirm: bool = False
) -> HttpResponse:
    context = {"form": form, "step": step, "token": token, "confirm": confirm, "noindex": True}
    return render(request, "contributions/more.html", context)


def _more(request: HttpRequest, step: str, *, trusted: bool) -> HttpResponse:
    """Add or put right: first the box, then what was written in it."""
    form_class, act = MORE[step]
    if request.method != "POST":
        return redirect("contributions:follow")
    if not trusted:
        return _untrusted(request, step, form_class)
    contribution = _come_back(request, step)
    if isinstance(contribution, HttpResponse):
        return contribution
    token = access.token_for(contribution)
    if "open" in request.POST:
        wording = as_they_stand(list(contribution.words.oldest_first()))[0].text if step == "correct" else ""
        return _more_page(request, step, form_class(initial={"words": wording}), token)
    form = form_class(request.POST)
    if not form.is_valid():
        return _more_page(request, step, form, token)
    done = (
        _("We added your words.") if step == "add" else _("We put your new words in place of the old ones.")
    )
    try:
        act(contribution=contribution, text=form.cleaned_data["words"], once=form.cleaned_data["once"])
    except Closed:
        done = ""
    contribution.refresh_from_db()
    return _status(request, contribution, done=done)


def _untrusted(request: HttpRequest, step: str, form_class: type[MoreForm]) -> HttpResponse:
    """Nothing stored and nothing told: what was sent, to be confirmed with the button."""
    if "word" in request.POST:
        return _ask(request, refill(ComeBackForm, request.POST), confirm=True, step=step)
    if "open" in request.POST:
        return render(
            request,
            "contributions/again.html",
            {"step": step, "token": request.POST.get("token", ""), "noindex": True},
        )
    return _more_page(
        request, step, refill(form_class, request.POST), request.POST.get("token", ""), confirm=True
    )


@confirming
def add(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """Add to what was said."""
    return _more(request, "add", trusted=trusted)


@confirming
def put_right(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """Say it anew."""
    return _more(request, "correct", trusted=trusted)


@confirming
def let_show(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """Say that the words may be shown to others, or that they may not any more."""
    if request.method != "POST":
        return redirect("contributions:follow")
    may = request.POST.get("may", "")
    if not trusted:
        context = {"step": "let-show", "may": may, "token": request.POST.get("token", ""), "noindex": True}
        return render(request, "contributions/again.html", context)
    form = TokenForm(request.POST)
    contribution = access.by_token(request.POST.get("token", "")) if form.is_valid() else None
    if contribution is None:
        return _ask(request, FollowForm(), out_of_date=True)
    if may not in ("yes", "no"):
        return _status(request, contribution)
    done = {
        "yes": _("Thank you. We read your words first, and take out what could say who you are."),
        "no": _("We do not show your words to others any more."),
    }[may]
    try:
        allowing.let_show(contribution=contribution, may=may == "yes")
    except Closed:
        done = ""
    contribution.refresh_from_db()
    return _status(request, contribution, done=done)


@confirming
def take_back(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """Take it back: a question first, then it is done."""
    if request.method != "POST":
        return redirect("contributions:follow")
    if not trusted:
        context = {"step": "withdraw", "token": request.POST.get("token", ""), "noindex": True}
        return render(request, "contributions/again.html", context)
    form = TokenForm(request.POST)
    contribution = access.by_token(request.POST.get("token", "")) if form.is_valid() else None
    if contribution is None:
        return _ask(request, FollowForm(), out_of_date=True)
    if request.POST.get("sure") != "yes":
        context = {"contribution": contribution, "token": access.token_for(contribution), "noindex": True}
        return render(request, "contributions/withdraw.html", context)
    withdrawn = withdraw(contribution=contribution)
    return _status(request, withdrawn, done=_("You took this back. We removed your words and your details."))
