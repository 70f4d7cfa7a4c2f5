"""Where everything is: the areas' doors, under the words the public uses."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.urls.resolvers import URLPattern, URLResolver
from wagtail.admin import urls as editor_urls
from wagtail.urls import serve_pattern

from joinedup.config.health import health
from joinedup.config.languages import serve_page
from joinedup.config.views import editor_sign_in, sample_sign_ins, today, uploaded
from joinedup.design.views import colours, gallery
from joinedup.foundation.doors.entry import public, requires
from joinedup.foundation.permissions import Permission

# In English only: what staff use, what machines read, and what has not been translated.
urlpatterns: list[URLPattern | URLResolver] = [
    path("workspace/", today, name="workspace"),
    path("workspace/newsletter/", include("joinedup.inform.newsletter.workspace_urls")),
    path("workspace/events/", include("joinedup.inform.news.workspace_urls")),
    path("", include("joinedup.inform.news.urls")),
    path("workspace/search/", include("joinedup.inform.search.workspace_urls")),
    path("workspace/contributions/", include("joinedup.involve.contributions.workspace_urls")),
    path("workspace/triage/", include("joinedup.involve.sorting.workspace_urls")),
    path("workspace/cases/", include("joinedup.involve.cases.workspace_urls")),
    path("workspace/themes/", include("joinedup.involve.themes.workspace_urls")),
    path("workspace/stories/", include("joinedup.involve.stories.workspace_urls")),
    path("workspace/what-came-of-it/", include("joinedup.foundation.thread.workspace_urls")),
    path("programmes/", include("joinedup.govern.programmes.urls")),
    path("workspace/programmes/", include("joinedup.govern.programmes.workspace_urls")),
    path("measures/", include("joinedup.govern.outcomes.urls")),
    path("workspace/measures/", include("joinedup.govern.outcomes.workspace_urls")),
    path("meetings/", include("joinedup.govern.meetings.urls")),
    path("workspace/meetings/", include("joinedup.govern.meetings.workspace_urls")),
    path("spend/", include("joinedup.govern.spend.urls")),
    path("workspace/spend/", include("joinedup.govern.spend.workspace_urls")),
    path("", include("joinedup.foundation.organisations.urls")),
    path("", include("joinedup.foundation.identity.urls")),
    path("outbox/", include("joinedup.foundation.messages.outbox_urls"), {"panel": sample_sign_ins}),
    path("", include("joinedup.foundation.messages.urls")),
    path("workspace/audit/", include("joinedup.foundation.audit.urls")),
    path("workspace/data-protection/", include("joinedup.foundation.dataprotection.urls")),
    path("design/", requires(Permission.DESIGN_VIEW)(gallery), name="design-gallery"),
    path("colours.css", public(colours), name="colours"),
    path("health/", health, name="health"),
    path("editor/login/", editor_sign_in),
    path("editor/", include(editor_urls)),
    path("", include("joinedup.inform.pages.urls")),
    path("", include("joinedup.inform.animations.urls")),
    # One folder deep and no dot at the start: a name such as images/../documents/x must never match.
    re_path(r"^media/(?P<path>(?:images|logos)/\w[\w.-]{0,199})$", uploaded),
]
# In every language of the site: English as it stands here, Bengali under /bn/.
urlpatterns += i18n_patterns(
    path("newsletter/", include("joinedup.inform.newsletter.urls")),
    path("search/", include("joinedup.inform.search.urls")),
    path("stories/", include("joinedup.involve.stories.urls")),
    path("what-we-did/", include("joinedup.foundation.thread.urls")),
    path("have-your-say/", include("joinedup.involve.contributions.urls")),
    path("my-area/", include("joinedup.foundation.places.urls")),
    re_path(serve_pattern, public(serve_page), name="wagtail_serve"),
    prefix_default_language=False,
)

handler404 = "joinedup.config.faults.not_found"
handler403 = "joinedup.config.faults.not_allowed"
