"""The Celery application. Tasks are doors: an id in, one service call out."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")

app = Celery("lantoa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
