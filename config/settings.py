"""The only settings file. What differs between installations is read from the environment."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.contrib.messages import constants
from django.core.exceptions import ImproperlyConfigured

from accounts import private_files
from accounts.sign_on import provider
from config import address, logs
from config.secret import long_enough, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()

#: The folder of what the product makes: database, secret key, photos, written mails, figures.
VAR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
private_files.be_private()
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
#: With less space than this many megabytes the server says that it is not ready.
DISK_FREE_MB: int = env.int("DISK_FREE_MB", default=200)

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY: str = long_enough(
    env.str("SECRET_KEY", default="").strip() or secret_key(VAR / "secret_key")
)
#: Older keys. Phone links and invitations that were signed with them stay valid while they are
#: listed here.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

# ---- address: PUBLIC_URL decides QR codes, hosts, CSRF origins, cookie flags and HSTS

PORT: int = env.int("PORT", default=8000)
_address = address.read_present(env.str("PUBLIC_URL", default=f"http://127.0.0.1:{PORT}"))
PUBLIC_URL: str = _address.url
if DEBUG and not _address.is_private:
    raise ImproperlyConfigured(
        f"DEBUG=1 shows the code and what was typed to everybody who can open {PUBLIC_URL}: leave"
        " it out, or set PUBLIC_URL to an address of this machine"
    )
HTTPS = _address.https
#: Addresses from before, which lead to this one: see ``accounts.old_address``.
_old = [address.read("OLD_PUBLIC_URLS", url) for url in env.list("OLD_PUBLIC_URLS", default=[])]
OLD_HOSTS = sorted({old.named for old in _old} - {_address.named})
ALLOWED_HOSTS = [_address.host, *sorted({old.host for old in _old} - {_address.host})]
if _address.is_private:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CLINIC_COOKIE_NAME = "__Host-clinic" if HTTPS else "clinic"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
CARER_COOKIE_NAME = "__Host-carer" if HTTPS else "carer"
SHOWN_COOKIE_NAME = "__Host-shown" if HTTPS else "shown"
FOUND_COOKIE_NAME = "__Host-found" if HTTPS else "found"
CASELOAD_COOKIE_NAME = "__Host-caseload" if HTTPS else "caseload"
STYLES_COOKIE_NAME = "__Host-styles" if HTTPS else "styles"
CSRF_FAILURE_VIEW = "accounts.http.stale_key"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Other hosts below the address may be the clinic's, and know no https. Browsers would refuse them
# for a year, so the clinic says that they may.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = False
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
TRUST_PROXY: bool = env.bool("TRUST_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUST_PROXY else 0

# ---- apps and requests

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "accounts.apps.AccountsConfig",
    "curriculum.apps.CurriculumConfig",
    "patients.apps.PatientsConfig",
    "law.apps.LawConfig",
    "trail.apps.TrailConfig",
    "config.apps.ConfigConfig",
]

MIDDLEWARE = [
    # Before all others: a probe has neither the right host nor https.
    "config.health.Health",
    "accounts.middleware.RequestId",
    "config.observed.Observed",
    # Before https is asked for: an old address may not know it.
    "accounts.old_address.OldAddress",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.style_sheets.LetStyleIn",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After WhiteNoise, whose files are compressed already. It pads at random, against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "accounts.middleware.PlainBody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Sees every answer to a person as it leaves.
    "trail.middleware.Trail",
    "accounts.middleware.ClinicTime",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SignInRequired",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "patients.views.read_first.LookThroughWords",
    "accounts.write_limits.WriteLimits",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
            ],
            "builtins": ["accounts.templatetags.kept", "accounts.templatetags.ui"],
        },
    },
]

# ---- database: SQLite in var/ unless DATABASE_URL names another

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"].get("ENGINE") not in {
    "django.db.backends.sqlite3",
    "django.db.backends.postgresql",
}:
    raise ImproperlyConfigured(
        "DATABASE_URL must look like postgres://user:password@host/name or sqlite:////path"
    )
# IMMEDIATE: two writers queue instead of failing.
# FULL: a power cut loses no acknowledged entry.
# recursive_triggers: REPLACE cannot bypass the append-only triggers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    # Nobody waits longer for a machine that is gone: seconds until it answers, and milliseconds
    # until it has taken what was sent.
    _patience = {"connect_timeout": 5, "tcp_user_timeout": 20_000}
    DATABASES["default"]["OPTIONS"] = _patience | DATABASES["default"].get("OPTIONS", {})
# For ever, unless PgBouncer, or another pool, stands between: see docs/settings.md.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=None)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool(
    "DISABLE_SERVER_SIDE_CURSORS", default=False
)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# ---- backups: see docs/backup.md

BACKUP_DIR: str = env.str("BACKUP_DIR", default="")
#: For so many days the newest backup of each is kept, besides those of eight weeks. 0 = all.
BACKUP_KEEP: int = env.int("BACKUP_KEEP", default=14)
#: Public keys of age, or else a passphrase. What opens a backup is asked for by ``restore`` alone.
BACKUP_RECIPIENT: list[str] = env.str("BACKUP_RECIPIENT", default="").replace(",", " ").split()
BACKUP_PASSPHRASE: str = env.str("BACKUP_PASSPHRASE", default="").strip()
BACKUP_IDENTITY: str = env.str("BACKUP_IDENTITY", default="")

# Rate limits are counted in the cache, so all workers must share it.
CACHES = {
    "default": {"BACKEND": "accounts.counts.CountCache"},
    # Parts of pages that are the same for many people. Each worker keeps its own.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

# ---- people

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "accounts.hashers.Argon2",
    "accounts.hashers.PBKDF2",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "accounts.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = timedelta(hours=12)  # a timedelta fixes the end: use does not move it
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "join": "20/m/ip",
    "look": "300/m/ip",
    # ``accounts.limits`` counts wrong passwords. All tries together would let anybody in the
    # waiting room's network keep the staff out.
    "login": None,
    "login_failed": None,
    "reset_password": "20/m/ip,3/h/key,6/d/key",
}
#: What one signed-in person writes, in the same words. Nothing that tells of the body is counted.
WRITE_LIMITS: dict[str, str | None] = {
    "writes": "30/m/key",
    "draft": "120/m/key",
    "pin": "10/m/key,40/h/key",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.sign_in.SignInForm",
    "reset_password": "accounts.forms.sign_in.ForgotPasswordForm",
    "user_token": "accounts.password_links.PasswordLinkForm",
    "reset_password_from_key": "accounts.forms.sign_in.NewPasswordForm",
    "change_password": "accounts.forms.sign_in.ChangePasswordForm",
    "reauthenticate": "accounts.forms.sign_in.ReauthenticateForm",
}
# The second step of staff. The secrets are sealed by the adapter.
MFA_ADAPTER = "accounts.step_adapter.StepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Hinge Ladder"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
# An owner writes the addresses of staff. Nobody verifies them by a mail.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.forms.second_step.CodeForm",
    "reauthenticate": "accounts.forms.second_step.CodeAgainForm",
    "activate_totp": "accounts.forms.second_step.FirstCodeForm",
    "add_webauthn": "accounts.forms.second_step.NewPasskeyForm",
    "authenticate_webauthn": "accounts.forms.second_step.PasskeyForm",
    "login_webauthn": "accounts.forms.second_step.PasskeySignInForm",
    "reauthenticate_webauthn": "accounts.forms.second_step.PasskeyAgainForm",
}
#: The clinic's identity provider, by which staff may sign in; None without one.
OIDC = provider.read(env)
MESSAGE_TAGS = {
    constants.INFO: "info",
    constants.SUCCESS: "ok",
    constants.WARNING: "warn",
    constants.ERROR: "stop",
}
# Not in a cookie, because messages name people.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60

# ---- headers

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# ---- words, days, files, mail

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "media"},
    },
    "staticfiles": {"BACKEND": "config.static_files.StaticFiles"},
}

# Without EMAIL_URL, mails are written to files.
_mail = env.email_url("EMAIL_URL", default="filemail:///")
EMAIL_BACKEND: str = _mail["EMAIL_BACKEND"]
EMAIL_HOST: str = _mail["EMAIL_HOST"] or "localhost"
EMAIL_PORT: int = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER: str = _mail["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS: bool = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"Hinge Ladder <no-reply@{_address.host}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = logs.settings(env)
