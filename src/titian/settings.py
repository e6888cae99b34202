"""Settings: one file, read from the environment, fit to run as it stands."""

import os
from base64 import urlsafe_b64encode
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from titian import __version__

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("TITIAN_HOME", "titian-home")).resolve()


def _kept(name: str, make: Any) -> str:
    """A secret from the environment, or one made once and kept in the data folder."""
    if given := os.environ.get(f"TITIAN_{name.upper()}"):
        return given
    path = HOME / f"{name}.secret"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{path.name}.{os.getpid()}")
        half.touch(mode=0o600)
        half.write_text(make())
        with suppress(FileExistsError):  # the first process wins, all read its secret
            os.link(half, path)
        half.unlink()
    return path.read_text().strip()


def _new_key() -> str:
    return Fernet.generate_key().decode()


VERSION = __version__
SECRET_KEY = _kept("session", _new_key)
HOUSE_KEYS = _kept("house", _new_key).split(",")
DOCUMENTS = HOME / "documents"
DEBUG = os.environ.get("TITIAN_DEBUG") == "1"
DEMO = os.environ.get("TITIAN_DEMO") == "1"
"""Opens ``/demo``; an event on the real clock refuses it all the same."""

ALLOWED_HOSTS = os.environ.get("TITIAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TITIAN_ORIGINS", "").split(",") if o]
SECURE = os.environ.get("TITIAN_HTTPS") == "1"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "titian.kernel",
    "titian.channels",
    "titian.places",
    "titian.people",
    "titian.loop",
    "titian.programme",
    "titian.rules",
    "titian.talks",
    "titian.logistics",
    "titian.briefing",
    "titian.foresight",
    "titian.exchange",
    "titian.intake",
    "titian.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # a bad line pays for every kilobyte
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "titian.web.sizes.NotTooLarge",  # before whoever reads a body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "titian.web.once.NotKept",
    "titian.web.letters.NoNothing",
    "titian.web.late.TooLate",
]
ROOT_URLCONF = "titian.urls"
WSGI_APPLICATION = "titian.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],  # before allauth's own pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "titian.web.context.house",
            ],
            "builtins": ["titian.web.templatetags.titian"],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "titian.kernel.sqlite",
            "NAME": HOME / "titian.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=0;PRAGMA cache_size=-1000;"
                    "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864"
                ),
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {
            "pool": {"min_size": 2, "max_size": WEB_THREADS + 4, "timeout": 20}
        },
    }


WEB_THREADS = int(os.environ.get("TITIAN_THREADS", "4"))
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "titian.web.storage.HashedFiles"},
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024

AUTHENTICATION_BACKENDS = [
    "titian.web.accounts.ByName",
    "allauth.account.auth_backends.AuthenticationBackend",
    "titian.web.accounts.ByAddress",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "titian.web.accounts.ClosedDoor"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}


def _mailer(url: str) -> dict[str, Any]:
    """``smtp://user:password@host:port`` or, without one, files in the data folder."""
    backends = "django.core.mail.backends"
    if not url:
        folder = str(HOME / "mail")
        return {
            "BACKEND": f"{backends}.filebased.EmailBackend",
            "OPTIONS": {"file_path": folder},
        }
    parts = urlsplit(url)
    return {
        "BACKEND": f"{backends}.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or 25,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtps",
            "timeout": 20,
        },
    }


MAILERS = {
    "default": _mailer(
        os.environ.get("TITIAN_SMTP_URL", "") or os.environ.get("TITIAN_MAIL", "")
    )
}
DEFAULT_FROM_EMAIL = os.environ.get("TITIAN_FROM", "titian@localhost")


def _listed(name: str) -> list[str]:
    return [one for one in os.environ.get(name, "").split(",") if one]


KINDS = ("email", "whatsapp", "sms", "push")
CHANNELS: dict[str, str] = {
    kind: "titian.channels.memory" if DEMO else f"titian.channels.{kind}"
    for kind in KINDS
}
"""By what the house tells people; from a demo nothing leaves."""
CHANNEL_RATES = {
    kind: float(os.environ.get(f"TITIAN_{kind.upper()}_PER_SECOND", "0"))
    for kind in KINDS
}
"""Messages a second, where the provider's contract says another number than ours."""
IMAP_URL = os.environ.get("TITIAN_IMAP_URL", "")
MAIL_AUTHSERV = os.environ.get("TITIAN_MAIL_AUTHSERV", "")
WHATSAPP = {
    "api": os.environ.get("TITIAN_WHATSAPP_API", "https://graph.facebook.com/v23.0"),
    "number": os.environ.get("TITIAN_WHATSAPP_NUMBER_ID", ""),
    "token": os.environ.get("TITIAN_WHATSAPP_TOKEN", ""),
    "secret": os.environ.get("TITIAN_WHATSAPP_APP_SECRET", ""),
    "verify": os.environ.get("TITIAN_WHATSAPP_VERIFY_TOKEN", ""),
    "template": os.environ.get("TITIAN_WHATSAPP_TEMPLATE", ""),
}
CONNECTOR = {
    "url": "" if DEMO else os.environ.get("TITIAN_CONNECTOR_URL", ""),
    "kind": os.environ.get("TITIAN_CONNECTOR_KIND", "openai"),
    "key": os.environ.get("TITIAN_CONNECTOR_KEY", ""),
    "model": os.environ.get("TITIAN_CONNECTOR_MODEL", ""),
    "hears": os.environ.get("TITIAN_CONNECTOR_HEARS", ""),
}
"""A machine that proposes words; without an address nothing is asked of anybody."""
SMS = {
    "api": os.environ.get("TITIAN_SMS_URL", ""),
    "token": os.environ.get("TITIAN_SMS_TOKEN", ""),
    "sender": os.environ.get("TITIAN_SMS_SENDER", ""),
    "secret": os.environ.get("TITIAN_SMS_SECRET", ""),
}


def _new_vapid() -> str:
    """A key of the curve P-256, as push tools write it: 32 bytes in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return urlsafe_b64encode(number.to_bytes(32)).rstrip(b"=").decode()


def _operator() -> str:
    """Whom a push service may turn to: by mail, else at the house's own address."""
    if given := os.environ.get("TITIAN_VAPID_SUBJECT", ""):
        return given
    if sender := parseaddr(os.environ.get("TITIAN_FROM", ""))[1]:
        return f"mailto:{sender}"
    return next((o for o in CSRF_TRUSTED_ORIGINS if o.startswith("https://")), "")


VAPID = {
    "private": _kept("vapid_private", _new_vapid),
    "subject": _operator(),
}
PUSH_SERVICES = _listed("TITIAN_PUSH_SERVICES") or [
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
]
"""Whom push messages are given to: a subscription may name nobody else."""
INTAKE_READERS: list[str] = [
    "titian.intake.invitations.take",
    "titian.intake.coded.take",
    "titian.intake.acknowledging.take",
]
"""Who reads what comes in before it is taken for a guest's words: codes, replies."""

REACTIONS = "titian.reactions.REACTIONS"
FIRST = ("incident", "roll", "card")
"""Nouns of the journal whose consequences go before all others: when it burns."""
BROKEN_BY: list[str] = [
    "titian.people.queries.broken_by",
    "titian.loop.queries.broken_by",
    "titian.programme.queries.broken_by",
    "titian.talks.queries.broken_by",
    "titian.logistics.queries.broken_by",
    "titian.briefing.queries.broken_by",
]
"""Who is asked what a change would break; every room that can answer is asked."""
COMING: list[str] = [
    "titian.programme.items.coming",
    "titian.logistics.queries.coming",
]
"""Who is asked what a delegation has before it: the rooms that keep hours."""
HOTELS_RULE = "titian.logistics.queries.hotels_of"
"""Where delegations sleep, asked by the programme that lies below."""
CARRIED: list[str] = [
    "titian.people.queries.carried_by",
    "titian.loop.queries.carried_by",
    "titian.programme.queries.carried_by",
    "titian.logistics.queries.carried_by",
]
"""Who is asked what an officer has with a delegation: what a hand-over must name."""
LEFT_OPEN_RULE = "titian.loop.handing.left_open"
"""Why an officer cannot leave yet, asked by the people that lie below the loop."""
COMPARTMENT_RULE = "titian.people.policy.may_open_compartment"
PRESENCE_RULE = "titian.logistics.presence.presence"
"""From when to when a delegation is in town, asked by the cover that lies below."""
REGISTRATION_RULE = "titian.people.policy.may_register"
"""Who brings lists in, asked by rooms that lie below people."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "filters": {"discreet": {"()": "titian.web.discreet.NoTokens"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["discreet"],
        }
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("TITIAN_LOG", "WARNING")},
}
