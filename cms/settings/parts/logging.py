"""Logs: words plus an `event` name and ids; a filter masks anything that looks like a secret."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"mask_secrets": {"()": "cms.core.log_masking.SecretMask"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask_secrets"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "googleapiclient.discovery_cache": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "urllib3": {"level": "WARNING"},
    },
}
