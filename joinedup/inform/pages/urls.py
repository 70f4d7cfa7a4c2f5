from django.urls import path
from django.urls.resolvers import URLPattern, URLResolver

from joinedup.inform.pages import views

app_name = "pages"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sitemap/", views.site_map, name="site-map"),
    path("sitemap.xml", views.sitemap_xml, name="sitemap-xml"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    path("workspace/notice/", views.notice, name="notice"),
    path("workspace/notice/end/", views.end_notice, name="notice-end"),
]
