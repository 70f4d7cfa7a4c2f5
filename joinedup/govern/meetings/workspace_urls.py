"""Where meetings are kept, under /workspace/meetings/."""

from django.urls import path

from joinedup.govern.meetings.views import deciding, doing, keeping

app_name = "workspace_meetings"
urlpatterns = [
    path("", keeping.listed, name="list"),
    path("boards/add/", keeping.add_board, name="add-board"),
    path("boards/<int:pk>/", keeping.board, name="board"),
    path("boards/<int:pk>/change/", keeping.change_board, name="change-board"),
    path("boards/<int:pk>/plan/", keeping.plan, name="plan"),
    path("<int:pk>/", keeping.meeting, name="meeting"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/hold/", keeping.hold, name="hold"),
    path("<int:pk>/cancel/", keeping.cancel, name="cancel"),
    path("<int:pk>/put/", deciding.put, name="put"),
    path("put/", deciding.put_about, name="put-about"),
    path("items/<int:pk>/change/", deciding.change_item, name="change-item"),
    path("items/<int:pk>/take-off/", deciding.take_off, name="take-off"),
    path("items/<int:pk>/decide/", deciding.decide, name="decide"),
    path("decisions/<int:pk>/change/", deciding.change_decision, name="change-decision"),
    path("decisions/<int:pk>/give/", doing.give, name="give"),
    path("actions/", doing.listed, name="actions"),
    path("actions/<int:pk>/change/", doing.change, name="change-action"),
    path("actions/<int:pk>/finish/", doing.finish, name="finish"),
    path("actions/<int:pk>/reopen/", doing.reopen, name="reopen"),
]
