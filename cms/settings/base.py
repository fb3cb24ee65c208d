"""All topics together."""

from cms.settings.parts.paths import *  # noqa: F403  isort: skip
from cms.settings.parts.apps import *  # noqa: F403
from cms.settings.parts.bulletins import *  # noqa: F403
from cms.settings.parts.celery import *  # noqa: F403
from cms.settings.parts.content_policy import *  # noqa: F403
from cms.settings.parts.database import *  # noqa: F403
from cms.settings.parts.delivery import *  # noqa: F403
from cms.settings.parts.language import *  # noqa: F403
from cms.settings.parts.library import *  # noqa: F403
from cms.settings.parts.logging import *  # noqa: F403
from cms.settings.parts.mail import *  # noqa: F403
from cms.settings.parts.platforms import *  # noqa: F403
from cms.settings.parts.secrets import *  # noqa: F403
from cms.settings.parts.sign_in import *  # noqa: F403
from cms.settings.parts.templates import *  # noqa: F403
from cms.settings.parts.wagtail import *  # noqa: F403
from cms.settings.parts.web import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
