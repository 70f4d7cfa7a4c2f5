"""Where staff work on cases, under /workspace/cases/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.cases.views import answering, opening, showing

app_name = "workspace_cases"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", showing.listing, name="list"),
    path("open/", opening.open_case, name="open"),
    path("of/<str:reference>/", showing.of_contribution, name="of"),
    path("<str:reference>/", showing.detail, name="detail"),
    path("<str:reference>/change/", opening.change, name="change"),
    path("<str:reference>/join/", opening.join, name="join"),
    path("<str:reference>/leave/", opening.leave, name="leave"),
    path("<str:reference>/merge/", opening.merge, name="merge"),
    path("<str:reference>/merge/<int:pk>/undo/", opening.undo_merge, name="undo-merge"),
    path("<str:reference>/ask/", opening.ask_part, name="ask-part"),
    path("<str:reference>/parts/<int:pk>/", answering.write_part, name="write-part"),
    path("<str:reference>/parts/<int:pk>/drop/", opening.drop_part, name="drop-part"),
    path("<str:reference>/answer/", answering.write_answer, name="write-answer"),
    path("<str:reference>/answer/<int:number>/send/", answering.send, name="send"),
    path("<str:reference>/answer/<int:number>/show/", answering.show, name="show"),
    path("<str:reference>/answer/<int:number>/<int:organisation>/", answering.respond, name="respond"),
    path("<str:reference>/close/", answering.close, name="close"),
]
