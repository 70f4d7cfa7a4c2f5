"""Public addresses under /newsletter/."""

from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.newsletter import views

app_name = "newsletter"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.sign_up, name="sign-up"),
    path("check-your-email/", views.check_your_email, name="check-your-email"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("thank-you/", views.thank_you, name="thank-you"),
    path("thank-you/<str:token>/", views.thank_you, name="thank-you"),
    path("preferences/<str:token>/", views.preferences, name="preferences"),
    path("leave/<str:token>/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
]
