"""The Celery application. Tasks are doors: an id in, one service call out."""

import os

from celery import Celery

from cms.core import folder_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")

folder_broker.register()
app = Celery("lantoa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
