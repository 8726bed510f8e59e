"""Settings of one Lianjian house. Everything that differs between places comes from the environment.

| variable | meaning |
|---|---|
| DATABASE_URL | role `app`: what web and worker use |
| DATABASE_OWNER_URL | owner of the schema: migrations only |
| LIANJIAN_AS_OWNER | `1`: this process connects as the owner (migrate, grants) |
| LIANJIAN_DATA | data folder (database, files, secrets), default `var/` beside the code |
| LIANJIAN_SECRET_KEY | else the file `secrets/secret_key` in the data folder, made at first use |
| LIANJIAN_DATA_KEY | encrypts phones and identity numbers; else the file `secrets/data_key`. Losing it loses them |
| LIANJIAN_HOSTS | comma-separated host names served, default local only |
| LIANJIAN_HTTPS | `1`: cookies are `Secure`, HSTS is sent |
| LIANJIAN_DEBUG | `1`: development pages |
| LIANJIAN_IDLE_MINUTES | staff are signed out after so many idle minutes, default 30 |
| LIANJIAN_OFFICER_MFA | `1`: the three officers work only after setting up a second factor |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[1]
PROJECT_DIR = BASE_DIR.parents[1]
DATA_DIR = Path(os.environ.get("LIANJIAN_DATA") or PROJECT_DIR / "var").resolve()


def _flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1", ""):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def _secret(variable: str, name: str) -> str:
    if key := os.environ.get(variable):
        return key
    path = DATA_DIR / "secrets" / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = secrets.token_urlsafe(48)
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(key)
        return key


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = str(options.pop("host", "") or parts.hostname or "")
    return {
        "ENGINE": "lianjian.foundation.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Values travel apart from statements, and a statement that comes again is planned once for each connection:
        # planning costs several times what most of them cost to answer. Django's default prepares none at all.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **options},
        "TEST": {"MIRROR": None},
    }


DEBUG = _flag("LIANJIAN_DEBUG")
TESTING = _flag("LIANJIAN_TESTING")
SECRET_KEY = _secret("LIANJIAN_SECRET_KEY", "secret_key")
DATA_KEY = _secret("LIANJIAN_DATA_KEY", "data_key")
ALLOWED_HOSTS = [h for h in os.environ.get("LIANJIAN_HOSTS", "").split(",") if h] + [
    "localhost",
    "127.0.0.1",
    "[::1]",
    "testserver",
]
HTTPS = _flag("LIANJIAN_HTTPS")
AS_OWNER = _flag("LIANJIAN_AS_OWNER")

_NOWHERE = "postgresql://app@127.0.0.1:1/lianjian"
DATABASES = {
    "default": _database(
        (os.environ.get("DATABASE_OWNER_URL") if AS_OWNER else None) or os.environ.get("DATABASE_URL") or _NOWHERE
    )
}

# From low to high; house.md section 3 is the order.
LIANJIAN_APPS = [
    "lianjian.foundation",
    "lianjian.jurisdictions",
    "lianjian.journal",
    "lianjian.accounts",
    "lianjian.files",
    "lianjian.rulebook",
    "lianjian.directory",
    "lianjian.notices",
    "lianjian.duties",
    "lianjian.sheets",
    "lianjian.events",
    "lianjian.alliances",
    "lianjian.awards",
    "lianjian.points",
    "lianjian.lists",
    "lianjian.cases",
    "lianjian.partylife",
    "lianjian.coverage",
    "lianjian.insight",
    "lianjian.portal",
    "lianjian.workbench",
]
LIANJIAN_APPS = [
    a
    for a in LIANJIAN_APPS
    if any((BASE_DIR / a.rpartition(".")[2] / room).exists() for room in ("urls.py", "models.py", "models"))
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_filters",
    "procrastinate.contrib.django",
    *LIANJIAN_APPS,
    "lianjian.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lianjian.foundation.middleware.errors",
    # One transaction per request lies outside session and sign-in: nothing is written in two halves.
    "lianjian.foundation.middleware.transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lianjian.foundation.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lianjian.accounts.middleware.Authentication",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lianjian.accounts.middleware.sessions",
    "lianjian.directory.middleware.actor",
    "lianjian.directory.middleware.second_factor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "lianjian.config.urls"
WSGI_APPLICATION = "lianjian.config.wsgi.application"
ASGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "lianjian.foundation.jinja.Backend",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "lianjian.foundation.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "lianjian.accounts.backends.UsernameBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:  # the cast signs in thousands of times; the real hasher has its own test
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "lianjian.accounts.validators.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
IDLE_MINUTES = int(os.environ.get("LIANJIAN_IDLE_MINUTES", "30"))
SESSION_ENGINE = "lianjian.directory.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "lianjian.foundation.pages.csrf_failure"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

ACCOUNT_ADAPTER = "lianjian.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Passwords: axes (account and address together) and accounts/views/doorkeeper.py. Here: codes of the second factor.
ACCOUNT_RATE_LIMITS: dict[str, str] = {"login": "", "login_failed": "10/15m/key", "reauthenticate": "20/m/user"}
ACCOUNT_FORMS = {
    "login": "lianjian.accounts.forms.LoginForm",
    "change_password": "lianjian.accounts.forms.ChangePasswordForm",
    "reauthenticate": "lianjian.accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "lianjian.accounts.forms.AuthenticateForm",
    "reauthenticate": "lianjian.accounts.forms.CodeAgainForm",
    "activate_totp": "lianjian.accounts.forms.ActivateTOTPForm",
}
OFFICER_MFA = _flag("LIANJIAN_OFFICER_MFA")
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "联建"
MFA_ADAPTER = "lianjian.accounts.adapters.MFAAdapter"
USERSESSIONS_TRACK_ACTIVITY = False  # a row is written at sign-in, not at every request

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "lianjian.accounts.views.signing.locked_out"
AXES_CLIENT_IP_CALLABLE = "lianjian.accounts.addresses.address_of"
AXES_USERNAME_CALLABLE = "lianjian.accounts.addresses.account_name"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "foundation_cache",
        "TIMEOUT": 600,
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
# Vite names its files by content, so they never change under one address.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/assets/"
FILES_DIR = DATA_DIR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:", "blob:"],
        "connect-src": [_SELF],
        "font-src": [_SELF],
        "manifest-src": [_SELF],
        "form-action": [_SELF],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

PROCRASTINATE_ON_APP_READY = "lianjian.foundation.jobs.on_app_ready"
PROCRASTINATE_IMPORT_PATHS = [
    f"{app}.tasks" for app in LIANJIAN_APPS if (BASE_DIR / app.rpartition(".")[2] / "tasks.py").exists()
]

SILENCED_SYSTEM_CHECKS = ["axes.W003", "security.W004", "security.W008"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"lianjian": {"level": "INFO"}, "axes": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
}
