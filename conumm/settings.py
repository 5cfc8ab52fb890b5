"""Every setting, from the environment or `.env`, parsed strictly. README has the table."""

import os
import re
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from environs import Env, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", default=False)
# `make demo` keeps a key of its own, for the other commands to be run beside it.
KEPT_KEY = VAR_DIR / "secret-key"
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
if not SECRET_KEY and KEPT_KEY.exists():
    SECRET_KEY = KEPT_KEY.read_text(encoding="ascii").strip()
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random string (or DEBUG=true to develop).")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)

QUESTIONNAIRE = env.str("QUESTIONNAIRE", default="conumm")
MINIMUM_GROUP = env.int("MINIMUM_GROUP", default=5)

INSTALLED_APPS = [
    "conumm.apps.ConummAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "survey",
    "analysis",
    "conumm",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Within the one before, whose 304 would else carry the common policy to a page of another.
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "conumm.urls"
WSGI_APPLICATION = "conumm.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# SQLite before 3.51.3 can corrupt a database in WAL mode; immediate transactions never deadlock.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA synchronous=FULL; PRAGMA journal_mode=DELETE;",
}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'conumm.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    # A file, as in production: the live server of the browser tests has threads of its own. It is
    # named after the run, for two runs in one checkout not to share it.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or os.getpid()
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{run}.sqlite3"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.dj_cache_url("CACHE_URL", default="locmem://")}
# Apart, and large: filling the other cache must not push out what was counted here.
for counted in ("sign-in", "news"):
    CACHES[counted] = CACHES["default"] | {"KEY_PREFIX": counted}
    if CACHES["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
        CACHES[counted] |= {"LOCATION": counted, "OPTIONS": {"MAX_ENTRIES": 100_000}}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]

# Wrong passwords are counted by account, as a hash in the cache that the lock's end erases: no
# address is kept, nothing is written in the database, and the log says only that it happened.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
SIGN_IN_ATTEMPTS = env.int("SIGN_IN_ATTEMPTS", default=5, validate=validate.Range(min=1))
SIGN_IN_LOCK_MINUTES = env.int("SIGN_IN_LOCK_MINUTES", default=15, validate=validate.Range(min=1))
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_CACHE = "sign-in"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = SIGN_IN_ATTEMPTS
AXES_COOLOFF_TIME = timedelta(minutes=SIGN_IN_LOCK_MINUTES)
# Whoever keeps trying must not keep the account closed for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "conumm.signing_in.locked"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
# W001: the process's own memory counts for one process, which README says; W006: for locks by
# browser, which these are not.
SILENCED_SYSTEM_CHECKS = ["axes.W001", "axes.W006"]

# Commands send mail too, without a request to read the site's address from.
SITE_URL = env.str(
    "SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://127.0.0.1:8000"
)
if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d+)?", SITE_URL):
    raise ImproperlyConfigured(
        f"SITE_URL={SITE_URL}: write the site's own address, as https://conumm.example.org."
    )
email = env.dj_email_url("EMAIL_URL", default="console:")
if "EMAIL_BACKEND" not in email:
    raise ImproperlyConfigured(
        "EMAIL_URL: write it as submission://user:password@smtp.example.org:587, or console: alone."
    )
EMAIL_BACKEND = email["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = email["EMAIL_HOST"], email["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = email["EMAIL_HOST_USER"], email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = email["EMAIL_USE_TLS"], email["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = email["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = email["EMAIL_TIMEOUT"] or 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Conumm <conumm@localhost>")
try:
    validate_email(parseaddr(DEFAULT_FROM_EMAIL)[1])
except ValidationError as error:
    raise ImproperlyConfigured(
        f"DEFAULT_FROM_EMAIL={DEFAULT_FROM_EMAIL}: write it as Conumm <conumm@example.org>."
    ) from error
# Asked from one connection, which a whole class may share.
NEWS_PER_HOUR = env.int("NEWS_PER_HOUR", default=60, validate=validate.Range(min=1))
NEWS_IN_ALL_PER_HOUR = env.int("NEWS_IN_ALL_PER_HOUR", default=600, validate=validate.Range(min=1))

REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Conumm"

LANGUAGE_CODE = "fr"
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Paris")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=VAR_DIR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Behind HTTPS everything is secure by one switch; without it (the demo) cookies still work.
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "survey.personal.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# How many proxies stand before the application; with 0 the peer's own address is throttled.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
IS_RATE = validate.Regexp(
    r"^[1-9]\d*/(s|sec|second|m|min|minute|h|hour|d|day)$", error="Write it as 600/min or 20/hour."
)
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["conumm.permissions.IsStaff"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "conumm.problems.exception_handler",
    "DEFAULT_THROTTLE_RATES": {
        "start": env.str("THROTTLE_START", default="600/hour", validate=IS_RATE),
        "write": env.str("THROTTLE_WRITE", default="600/min", validate=IS_RATE),
    },
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "API de Conumm",
    "VERSION": "1",
    "DESCRIPTION": "Répondre au questionnaire et lire le rapport depuis un autre programme.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # A PATCH here names what it needs, whatever it changes.
    "COMPONENT_SPLIT_PATCH": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": ["conumm.api.describe_errors"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.log_level("LOG_LEVEL", default="WARNING")},
}

env.seal()
