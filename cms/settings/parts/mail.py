"""Letters: printed on the terminal unless a mail server is named."""

from cms.settings.parts.paths import env

EMAIL_BACKEND = env.str("LANTOA_EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("LANTOA_EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("LANTOA_EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("LANTOA_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.str("LANTOA_EMAIL_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("LANTOA_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("LANTOA_EMAIL_FROM", default="lan-toa@localhost")
