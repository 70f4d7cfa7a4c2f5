from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.animations import views

app_name = "animations"

urlpatterns: list[URLPattern | URLResolver] = [
    path("animations/captions/<int:page_id>/<slug:language>.vtt", views.captions, name="captions"),
    path("media/animations/<str:name>", views.film, name="film"),
]
