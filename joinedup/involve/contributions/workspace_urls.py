"""The doors of staff, under /workspace/contributions/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.contributions.views import answering, bringing_in, entering, workspace

app_name = "workspace_contributions"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", workspace.listing, name="list"),
    path("export.csv", workspace.take_away, name="export"),
    path("enter/", entering.enter, name="enter"),
    path("bring-in/", bringing_in.bring_in, name="bring_in"),
    path("bring-in/empty.csv", bringing_in.empty_file, name="empty_file"),
    path("brought-in/", bringing_in.batches, name="batches"),
    path("brought-in/<int:pk>/", bringing_in.batch, name="batch"),
    path("brought-in/<int:pk>/not-taken.csv", bringing_in.not_taken, name="not_taken"),
    path("<str:reference>/", workspace.detail, name="detail"),
    path("<str:reference>/start/", answering.begin, name="start"),
    path("<str:reference>/assign/", answering.assign, name="assign"),
    path("<str:reference>/answer/", answering.answer, name="answer"),
    path("<str:reference>/told/", answering.told, name="told"),
    path("<str:reference>/letter/", answering.letter, name="letter"),
    path("<str:reference>/add/", entering.add, name="add"),
    path("<str:reference>/new-word/", entering.new_word, name="new_word"),
    path("<str:reference>/withdraw/", entering.take_back, name="withdraw"),
]
