from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.pages import after_views, count_views, views

app_name = "pages"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap/", views.site_map, name="site-map"),
    path("sitemap.xml", views.sitemap_xml, name="sitemap-xml"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    path("workspace/notice/", views.notice, name="notice"),
    path("workspace/notice/end/", views.end_notice, name="notice-end"),
    path("workspace/pages/", after_views.overview, name="overview"),
    path("workspace/pages/waiting/<int:pk>/", after_views.waiting_one, name="waiting-one"),
    path("workspace/pages/due/", after_views.due, name="due"),
    path("workspace/pages/<int:pk>/still-right/", after_views.still_right, name="still-right"),
    path("workspace/pages/<int:pk>/stop/", after_views.stop_release, name="stop-release"),
    path("workspace/pages/<int:pk>/review/", after_views.review, name="review"),
    path("workspace/pages/<int:pk>/take-down/", after_views.take_down, name="take-down"),
    path("workspace/pages/<int:pk>/move/", after_views.move, name="move"),
    path("workspace/pages/links/", after_views.broken, name="broken"),
    path("workspace/pages/links/check/", after_views.check_now, name="check-now"),
    path("workspace/pages/addresses/", after_views.addresses, name="addresses"),
    path("workspace/pages/addresses/<int:pk>/remove/", after_views.remove_redirect, name="redirect-remove"),
    path("workspace/pages/read/", count_views.read, name="read"),
    path("workspace/pages/read.csv", count_views.read_csv, name="read-csv"),
]
