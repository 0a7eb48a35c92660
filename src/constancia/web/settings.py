"""Django's settings, the only module of them.

They follow from the unlocked register (`infra.unlocked`) and these environment variables:
CONSTANCIA_HOSTS, the public host names, separated by commas: without it the site answers to this
machine only, over plain HTTP; with it HTTPS is required everywhere. CONSTANCIA_TRUSTED_PROXY=1: the
server in front sets X-Forwarded-Proto. CONSTANCIA_CACHE_MB: page cache of each database connection.
Before unlocking the module can be loaded (tools do) but has neither key nor database.
"""

from __future__ import annotations

import os
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

import dj_database_url

from constancia.domain.errors import DeploymentRefused
from constancia.infra import logs, unlocked
from constancia.infra.home import HomeSettings

LARGEST_CACHE_MB = 16_384

_home = unlocked.home() if unlocked.is_unlocked() else None
_settings = _home.settings if _home else HomeSettings()
_hosts = [host.strip() for host in os.environ.get("CONSTANCIA_HOSTS", "").split(",") if host.strip()]
if any("*" in host for host in _hosts):
    raise DeploymentRefused("settings.hosts")
_tls = bool(_hosts)
_cache_mb = os.environ.get("CONSTANCIA_CACHE_MB", "32")
if not (_cache_mb.isascii() and _cache_mb.isdecimal() and 0 < int(_cache_mb[:6]) <= LARGEST_CACHE_MB):
    raise DeploymentRefused("settings.number", variable="CONSTANCIA_CACHE_MB")


def _databases() -> dict[str, dict[str, Any]]:
    if _home is None:
        return {}
    url = unlocked.database_url()
    if url is None:
        return {
            "default": {
                "ENGINE": "constancia.infra.sqlcipher",
                "NAME": str(_home.database),
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "key": "constancia.infra.unlocked.database_key",
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "cache_mb": int(_cache_mb),
                },
            }
        }
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True))
    except (ValueError, KeyError) as error:
        raise DeploymentRefused("settings.database_url") from error
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise DeploymentRefused("settings.database_url")
    # An acknowledged fact is on the disk, whatever the server's default says.
    options = found.setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=on".strip()
    return {"default": found}


SESSION_COOKIE_AGE = 10 * 60 * 60
SECRET_KEY = unlocked.django_secret() if _home else ""
SECRET_KEY_FALLBACKS = unlocked.django_secrets_before(timedelta(seconds=SESSION_COOKIE_AGE)) if _home else []
DEBUG = False
CONSTANCIA_VERIFIER = "constancia.verifier.onefile.single_file"
CONSTANCIA_VERIFIER_PAGE = "constancia.verifier.page.page"
DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_rooms = (
    "accounts",
    "retries",
    "approvals",
    "ledger",
    "regions",
    "register",
    "keeping",
    "trail",
    "figures",
    "imports",
    "claims",
    "matching",
    "publishing",
    "upkeep",
    "erasure",
    "demo",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    # Only for its store of second factors: none of its pages has an address here.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "constancia.web",
    *(f"constancia.apps.{room}" for room in _rooms if find_spec(f"constancia.apps.{room}.apps")),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "constancia.web.middleware.ProtectiveHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "constancia.web.closed.ClosedIsClosed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "constancia.web.language.ChosenLanguage",
    "constancia.web.errors.NothingTooLarge",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # its application refuses to start without
    "constancia.apps.accounts.middleware.SessionLimits",
    "constancia.apps.accounts.middleware.DeclaredAccess",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "constancia.web.errors.ErrorsInWords",
    "constancia.web.sent.SentOnce",
]

ROOT_URLCONF = "constancia.web.urls"
CSRF_FAILURE_VIEW = "constancia.web.views.csrf_failure"
WSGI_APPLICATION = "constancia.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            # Its `csrf_token` gives every form a key of its own as well.
            "builtins": ["constancia.web.templatetags.once"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "constancia.web.context.page",
            ],
        },
    }
]

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["constancia.apps.accounts.backend.HouseBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "accounts:sign_in"
MFA_ADAPTER = "constancia.apps.accounts.sealing.HouseAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_RECOVERY_CODE_DIGITS = 12
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 0
MFA_TRUST_ENABLED = MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
SESSION_ENGINE = "constancia.web.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A message may name a case: it stays in the encrypted session, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Words and time
LANGUAGE_CODE = _settings.language
LANGUAGES = [("es", "Español"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
CONSTANCIA_ZONE = _settings.zone
CONSTANCIA_RULE = _settings.rule
CONSTANCIA_ORGANISATION = _settings.organisation
CONSTANCIA_DEMONSTRATION = _settings.demonstration

# Protection
ALLOWED_HOSTS = _hosts or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _hosts]
SECURE_SSL_REDIRECT = _tls
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _tls
SECURE_HSTS_PRELOAD = _tls
if os.environ.get("CONSTANCIA_TRUSTED_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Not "no-referrer": browsers then send forms with "Origin: null", which the forgery check refuses.
# Other sites are told nothing either way.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# The prefix __Host- makes the browser insist on Secure, this host alone and the root path.
SESSION_COOKIE_NAME = "__Host-sesion" if _tls else "sesion"
CSRF_COOKIE_NAME = "__Host-csrf" if _tls else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-idioma" if _tls else "idioma"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _tls
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CONSTANCIA_CONTENT_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}

# An upload holds names: it stays in memory, never in a temporary file in the clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# The text of a long report is pasted into one field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Style and pictures come from this server, straight out of the package.
STATIC_URL = "estatico/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.configuration()
