"""The public's doors, under /have-your-say/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.involve.contributions.views import following, sending

app_name = "contributions"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sending.say, name="say"),
    path("your-reference/", following.follow, name="follow"),
    path("your-reference/add/", following.add, name="add"),
    path("your-reference/correct/", following.put_right, name="correct"),
    path("your-reference/shown/", following.let_show, name="let-show"),
    path("your-reference/withdraw/", following.take_back, name="withdraw"),
]
