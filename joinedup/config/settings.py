"""Every setting, all from the environment. docs/operations.md lists each variable; a test compares."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from joinedup.config import faces, logs
from joinedup.config.environment import ROOT, database, env, place, relay, required

# --- Which kind of running this is -------------------------------------------------------------
# JOINEDUP_MODE: `demo` (sample sign-ins, outbox), `test`, or `production` (the default: deny by default).
MODE = env.str("JOINEDUP_MODE", default="production")
if MODE not in ("demo", "test", "production"):
    raise ImproperlyConfigured("JOINEDUP_MODE is demo, test or production.")
IS_PRODUCTION = MODE == "production"
IS_DEMO = MODE == "demo"
DEBUG = False
BASE_DIR = ROOT

DATA_DIR = Path(env.str("JOINEDUP_DATA_DIR", default=str(ROOT / "var"))).resolve()
DATA_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)

SITE_URL = env.str("JOINEDUP_SITE_URL", default="" if IS_PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
if IS_PRODUCTION:
    SECRET_KEY = required("JOINEDUP_SECRET_KEY", "a long random text, kept secret")
    SITE_URL = required(
        "JOINEDUP_SITE_URL", "the public address, for example https://www.example.org"
    ).rstrip("/")
    if not SITE_URL.startswith("https://"):
        raise ImproperlyConfigured("JOINEDUP_SITE_URL must begin with https:// on a real site.")
    required("EMAIL_URL", "the SMTP relay, for example smtp+tls://user:password@relay.example.org:587")
else:
    SECRET_KEY = env.str("JOINEDUP_SECRET_KEY", default="demo-and-test-only-" + "0" * 40)
# Which of the two faces this process shows, and where the staff's one is, if it has a host of its own.
FACE = env.str("JOINEDUP_FACE", default=faces.ALL)
if FACE not in faces.FACES:
    raise ImproperlyConfigured("JOINEDUP_FACE is public, workspace or all.")
WORKSPACE_URL = env.str("JOINEDUP_WORKSPACE_URL", default="").rstrip("/") or SITE_URL
if IS_PRODUCTION and not WORKSPACE_URL.startswith("https://"):
    raise ImproperlyConfigured("JOINEDUP_WORKSPACE_URL must begin with https:// on a real site.")
SECRET_KEY_FALLBACKS: list[str] = env.list("JOINEDUP_OLD_SECRET_KEYS", default=[])
ALLOWED_HOSTS: list[str] = env.list(
    "JOINEDUP_HOSTS", default=[] if IS_PRODUCTION else ["127.0.0.1", "localhost"]
)
CSRF_TRUSTED_ORIGINS = [address for address in {SITE_URL, WORKSPACE_URL} if address.startswith("https")]
TRUSTED_PROXIES: int = env.int("JOINEDUP_TRUSTED_PROXIES", default=0)

# --- The place ---------------------------------------------------------------------------------
PARTNERSHIP = place()

# --- The house ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "joinedup.config",
    "joinedup.inform.pages",
    "joinedup.inform.newsletter",
    "joinedup.inform.pictures",
    "joinedup.inform.animations",
    "joinedup.inform.news",
    "joinedup.inform.search",
    "joinedup.involve.cases",
    "joinedup.involve.stories",
    "joinedup.involve.sorting",
    "joinedup.involve.themes",
    "joinedup.involve.contributions",
    "joinedup.govern.meetings",
    "joinedup.govern.outcomes",
    "joinedup.govern.spend",
    "joinedup.govern.programmes",
    "joinedup.foundation",
    "joinedup.foundation.thread",
    "joinedup.foundation.dataprotection",
    "joinedup.foundation.delivery",
    "joinedup.foundation.messages",
    "joinedup.foundation.identity",
    "joinedup.foundation.organisations",
    "joinedup.foundation.places",
    "joinedup.foundation.audit",
    "joinedup.foundation.freshness",
    "joinedup.design",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

_MIDDLEWARE = [
    "joinedup.config.access_log.access_line",
    "joinedup.config.addresses.no_zero_character",
    "django.middleware.gzip.GZipMiddleware",  # leaves alone what is compressed already
    "joinedup.config.pagecache.page_cache",
    "django.middleware.security.SecurityMiddleware",
    "joinedup.config.policies.ContentSecurityPolicy",
    "joinedup.config.policies.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "joinedup.config.face_door.nobody",
    "joinedup.config.languages.address_says_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "joinedup.config.face_door.face_door",
    "allauth.account.middleware.AccountMiddleware",
    "joinedup.foundation.identity.middleware.SessionsEnd",
    "joinedup.foundation.identity.middleware.SecondStepRequired",
    "joinedup.config.editor.EditorDoor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
MIDDLEWARE = faces.middleware(FACE, _MIDDLEWARE)

ROOT_URLCONF = "joinedup.config.urls"
WSGI_APPLICATION = "joinedup.config.wsgi.application"
FORM_RENDERER = "joinedup.design.renderer.NhsFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "joinedup.config.frame.frame",
            ],
        },
    }
]

# --- Store, cache, background work -------------------------------------------------------------
DATABASES = {"default": database(DATA_DIR)}
# The PostgreSQL roles that the two faces sign in with; `manage.py grant_roles` gives them their rights.
PUBLIC_ROLE: str = env.str("JOINEDUP_PUBLIC_ROLE", default="")
WORKSPACE_ROLE: str = env.str("JOINEDUP_WORKSPACE_ROLE", default="")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "joinedup.config.plain_cache.PlainCache",
        "LOCATION": "joinedup_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Wagtail would keep sizes of pictures as objects, which our cache does not read; the database has them.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
PAGE_CACHE = env.bool("JOINEDUP_PAGE_CACHE", default=True)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# How often a door may be tried from one place: {action: (tries, seconds)}.
RATES = {
    "identity.invite": (5, 3600),  # emails to one mailbox, however often someone presses the button
    "newsletter.ask": (20, 3600),
    "newsletter.ask.address": (4, 3600),
    "event.sign_up": (20, 3600),
    "event.sign_up.address": (6, 3600),
    "search.look": (120, 600),  # searches beyond a reader's pace, see inform/search/hurry.py
    "contribution.look": (120, 3600),  # forms read and checked, right or wrong
    "contribution.send": (20, 3600),
    "contribution.send.address": (5, 3600),
    "contribution.follow": (20, 900),
    "contribution.follow.reference": (10, 900),
    "story.me_too": (1, 86400),
    "thread.verdict": (30, 900),
}

# --- Signing in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "foundation_identity.User"
AUTHENTICATION_BACKENDS = ["joinedup.foundation.identity.backends.StaffBackend"]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; tests keep no secrets
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workspace/"
LOGOUT_REDIRECT_URL = "/account/login/?left=1"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
ACCOUNT_ADAPTER = "joinedup.foundation.identity.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 10
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
}
MFA_ADAPTER = "joinedup.foundation.identity.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PARTNERSHIP["name"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Sessions end after an hour without a click, and after twelve hours in any case.
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ABSOLUTE_SECONDS = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "joinedup.config.faults.form_out_of_date"

# --- On the wire -------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_PRODUCTION and env.bool("JOINEDUP_FORCE_HTTPS", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_SECURE = IS_PRODUCTION
X_FRAME_OPTIONS = "DENY"  # Wagtail allows its own preview, and only that, to be framed by our site
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- What the log says -------------------------------------------------------------------------
# `json`: a line for each request and each fault. `plain`: faults only, in words, to the error stream.
# Either way no line holds a path, because some paths hold the secrets of links (see logs.py).
LOG = env.str("JOINEDUP_LOG", default="json" if IS_PRODUCTION else "plain")
if LOG not in logs.FORMS:
    raise ImproperlyConfigured("JOINEDUP_LOG is json or plain.")
LOGGING = logs.configuration(LOG)

# --- Messages ----------------------------------------------------------------------------------
EMAIL_BACKEND = "joinedup.foundation.delivery.backends.QueueBackend"
RELAY = relay(is_demo=not IS_PRODUCTION)
DEFAULT_FROM_EMAIL = env.str("JOINEDUP_MAIL_FROM", default=f"{PARTNERSHIP['name']} <{PARTNERSHIP['email']}>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")

# --- Languages, time ---------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = list(PARTNERSHIP["site_languages"].items())
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [ROOT / "joinedup" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
DATE_FORMAT = "j F Y"

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = MODE == "test"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_PERMISSIONS = 0o640
ANIMATION_MAX_BYTES = env.int("JOINEDUP_ANIMATION_MB", default=50) * 1_000_000

# Doors that are no pages of the editor, for the site maps.
SITE_MAP_DOORS = [
    {"label": _("Who is in the partnership"), "href": "/about/partnership/"},
    {"label": _("Have your say"), "href": "/have-your-say/"},
    {"label": _("Follow what you sent us"), "href": "/have-your-say/your-reference/"},
    {"label": _("What we did"), "href": "/what-we-did/"},
    {"label": _("Who owes answers, and for how long"), "href": "/what-we-did/answers-owed/"},
    {"label": _("What people told us"), "href": "/stories/"},
    {"label": _("Newsletter"), "href": "/newsletter/"},
    {"label": _("Meetings"), "href": "/meetings/"},
    {"label": _("Measures"), "href": "/measures/"},
    {"label": _("Spend"), "href": "/spend/"},
    {"label": _("Programmes"), "href": "/programmes/"},
    {"label": _("My area"), "href": "/my-area/"},
    {"label": _("Events that are over"), "href": "/events/past/"},
]

# --- The page editor ---------------------------------------------------------------------------
WAGTAIL_SITE_NAME = PARTNERSHIP["name"]
WAGTAILADMIN_BASE_URL = WORKSPACE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILIMAGES_IMAGE_MODEL = "inform_pictures.Picture"
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "joinedup.inform.pages.finish.publish_approved"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A picture of a few kilobytes can unfold into gigabytes, in the process that answers visitors.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "joinedup.inform.pictures.forms.PictureForm"
# Other websites that an old address may lead to; without any, one editor alone can send nobody away.
REDIRECT_HOSTS = [host.lower() for host in env.list("JOINEDUP_REDIRECT_HOSTS", default=[])]
CHECK_OUTSIDE_LINKS = env.bool("JOINEDUP_CHECK_OUTSIDE_LINKS", default=False)
PAGE_COUNTS_WRITE = MODE != "test"  # tests write by themselves: a thread has a connection of its own
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
