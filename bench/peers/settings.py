"""A small Django project as `startproject` makes it, over Lianjian's tables (BENCH_PERSISTENT=1: kept connections)."""

from __future__ import annotations

import os
from pathlib import Path

from lianjian.config.settings import DATABASES as _HOUSE  # noqa: F401
from lianjian.config.settings import LIANJIAN_APPS, SECRET_KEY

ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *LIANJIAN_APPS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {
    "default": {
        **_HOUSE["default"],
        # As Django comes: values written into the statements, none prepared.
        "OPTIONS": {},
        "CONN_MAX_AGE": None if os.environ.get("BENCH_PERSISTENT") else 0,
        "CONN_HEALTH_CHECKS": False,
    }
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "bench.peers.urls"
WSGI_APPLICATION = "bench.peers.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["lianjian.accounts.backends.UsernameBackend"]
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
LOGIN_URL = "/login"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
DATA_DIR = Path(os.environ["LIANJIAN_DATA"])
DATA_KEY = SECRET_KEY
