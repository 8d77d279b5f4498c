"""Django's settings. Everything an operator may change is an environment variable (docs/reference/settings.md)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ringvirkning.config.home import home, secret_key
from ringvirkning.config.mail import mail

PACKAGE = Path(__file__).resolve().parent.parent
HOME = home()


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "ja"}


def _list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def origin(address: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


DEBUG = _flag("RINGVIRKNING_DEBUG")
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = _list("RINGVIRKNING_HOSTS", "localhost,127.0.0.1,[::1]")
# The address others know this installation by, used in share links, feeds and schemas.
PUBLIC_URL = os.environ.get("RINGVIRKNING_PUBLIC_URL", "").rstrip("/")
# Where letters lead when no public address is set. `ringvirkning serve` says which port it listens on.
NEAR_URL = os.environ.get("RINGVIRKNING_NEAR_URL", "http://127.0.0.1:8000")

# Where readers report mistakes: an e-mail address or a page. Without it they are told to ask whoever runs the library.
CONTACT = os.environ.get("RINGVIRKNING_CONTACT", "").strip()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    # Before allauth, so that our pages and forms go before its own.
    "ringvirkning.web",
    "ringvirkning.people",
    "ringvirkning.ledger",
    "ringvirkning.catalogue",
    "ringvirkning.catalogue.notices",
    "ringvirkning.analysis",
    "ringvirkning.search",
    "ringvirkning.needs",
    "ringvirkning.publishing",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ringvirkning.web.middleware.PlainErrors",
    "ringvirkning.web.middleware.WholeForms",
    "csp.middleware.CSPMiddleware",
    "ringvirkning.web.middleware.MoreHeaders",
    "django.middleware.http.ConditionalGetMiddleware",
    "ringvirkning.web.kept_pages.KeptPages",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ringvirkning.web.guard.Guard",
    "ringvirkning.web.middleware.PlainWords",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "ringvirkning.config.urls"
WSGI_APPLICATION = "ringvirkning.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "ringvirkning.web.context.house",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "ringvirkning.web.templatetags.rv"],
        },
    }
]

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    # WAL lets readers and one writer work side by side; FULL means a committed case survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA busy_timeout=20000;",
}


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL")
    if url:
        return {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    path = HOME / "ringvirkning.sqlite3"
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": None}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Bokmål is the language the interface is written in; nynorsk and English are translations of it.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Oslo"

# Counters of sign-in attempts must be the same for every process, so they stand in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        # With Django's 300, whoever tries many addresses would push the counters of the others out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Who people are.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:my-page"
LOGOUT_REDIRECT_URL = "web:front"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "ringvirkning.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "ringvirkning.people.passwords.NotLikeThePerson",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
ACCOUNT_ADAPTER = "ringvirkning.web.accounts.adapter.Accounts"
ACCOUNT_FORMS = {
    "login": "ringvirkning.web.accounts.forms.Login",
    "signup": "ringvirkning.web.accounts.forms.Signup",
    "add_email": "ringvirkning.web.accounts.forms.ChangeAddress",
    "change_password": "ringvirkning.web.accounts.forms.ChangePassword",
    "set_password": "ringvirkning.web.accounts.forms.SetPassword",
    "reset_password": "ringvirkning.web.accounts.forms.AskForPassword",
    "reset_password_from_key": "ringvirkning.web.accounts.forms.NewPassword",
    "reauthenticate": "ringvirkning.web.accounts.forms.Reauthenticate",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True  # one address for each person
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https://") else "http"
MFA_ADAPTER = "ringvirkning.web.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "ringvirkning.web.accounts.forms.Code",
    "reauthenticate": "ringvirkning.web.accounts.forms.CodeAgain",
    "activate_totp": "ringvirkning.web.accounts.forms.ActivateApp",
    "add_webauthn": "ringvirkning.web.accounts.forms.AddKey",
    "edit_webauthn": "ringvirkning.web.accounts.forms.NameKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ringvirkning"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
# Keys work over plain http only where nobody else can reach us: browsers allow it for localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")
# Attempts are counted by address. Behind a proxy that is the one it wrote last.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("RINGVIRKNING_BEHIND_PROXY") else 0

# Signing in where people already are (Entra ID, Ansattporten): any OpenID Connect provider.
OIDC_SERVER = os.environ.get("RINGVIRKNING_OIDC_SERVER", "").rstrip("/")
OIDC_NAME = os.environ.get("RINGVIRKNING_OIDC_NAME", "").strip() or "OpenID Connect"
OIDC_TRUST_EMAIL = _flag("RINGVIRKNING_OIDC_TRUST_EMAIL")
OIDC_ID = "virksomhet"  # stands in the address the provider sends people back to
SOCIALACCOUNT_ADAPTER = "ringvirkning.web.accounts.adapter.OtherAccounts"
SOCIALACCOUNT_FORMS = {"signup": "ringvirkning.web.accounts.forms.OtherSignup"}
SOCIALACCOUNT_STORE_TOKENS = False
# An address the provider has verified may open an account here only when the operator trusts the provider that far.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = OIDC_TRUST_EMAIL
OIDC_APP = {
    "provider_id": OIDC_ID,
    "name": OIDC_NAME,
    "client_id": os.environ.get("RINGVIRKNING_OIDC_CLIENT", ""),
    "secret": os.environ.get("RINGVIRKNING_OIDC_SECRET", ""),
    "settings": {"server_url": OIDC_SERVER},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP] if OIDC_SERVER else [], "OAUTH_PKCE_ENABLED": True}}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# Letters. By default they are printed where the program runs, so that nothing leaves a machine by accident.
MAIL = mail(os.environ.get("RINGVIRKNING_MAIL", "").strip())
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = MAIL.backend, MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls == "starttls", MAIL.tls == "ssl"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("RINGVIRKNING_MAIL_FROM", "ringvirkning@localhost")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # Chromium holds a redirect that follows a form to this too, so the sign-in provider must be named.
        "form-action": [SELF, *([origin(OIDC_SERVER)] if OIDC_SERVER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
CSRF_FAILURE_VIEW = "ringvirkning.web.errors.forbidden"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("RINGVIRKNING_BEHIND_PROXY") else None
# A step of a case is at most a million bytes as it is stored; on its way it can be three times as long. A long list of
# figures or steps has many fields. Files are counted by themselves.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS = [
    "ringvirkning.web.files.arriving.WithinLimits",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SEARCH_INDEX = HOME / "index"
# A folder with a sentence model in ONNX, for searching by meaning as well as by words. Empty means off.
MEANING_MODEL = os.environ.get("RINGVIRKNING_MEANING_MODEL", "").strip()
FILES = HOME / "files"
EXPORTS = HOME / "exports"
# What sources of notices have said, kept for ever, and where they are asked.
RAW = HOME / "raw"
DOFFIN_KEY = os.environ.get("RINGVIRKNING_DOFFIN_KEY", "").strip()
DOFFIN_URL = os.environ.get("RINGVIRKNING_DOFFIN_URL", "https://api.doffin.no")
TED_API_URL = os.environ.get("RINGVIRKNING_TED_API_URL", "https://api.ted.europa.eu/v3")
TED_URL = os.environ.get("RINGVIRKNING_TED_URL", "https://ted.europa.eu")
# Bytes of one uploaded file.
MOST_UPLOAD = int(float(os.environ.get("RINGVIRKNING_MOST_UPLOAD_MB", "50")) * 1_000_000)
# A virus scanner (ClamAV) that uploads are shown to: the path of its socket, or host:port. Empty means none.
CLAMAV = os.environ.get("RINGVIRKNING_CLAMAV", "").strip()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # Whoever scans the net with made-up host names gets a 400 and no line in the log.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
    "root": {"handlers": ["console"], "level": os.environ.get("RINGVIRKNING_LOG", "WARNING")},
}
