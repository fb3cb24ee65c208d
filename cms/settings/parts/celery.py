"""Celery: the broker is only a bell. What is due stands in the database; a lost message costs seconds."""

from celery.schedules import crontab

from cms.settings.parts.paths import VAR_DIR, env

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="folder://localhost//")
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_ENABLE_UTC = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "render"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]

if CELERY_BROKER_URL.startswith("folder:"):
    _BROKER_DIR = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_BROKER_DIR / "messages"),
        "data_folder_out": str(_BROKER_DIR / "messages"),
        "control_folder": str(_BROKER_DIR / "control"),
        "polling_interval": 0.1,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 3600,
        # kombu looks for unacknowledged messages every 10 s × this number; by default that is 100 s
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
    }

CELERY_TASK_ROUTES = {
    "publishers.delivery.tasks.publish_*": {"queue": "publish"},
    "publishers.delivery.tasks.stage_*": {"queue": "upload"},
}

# Ticks are cheap questions to the database; a tick that waited longer than its period is worthless and expires.
CELERY_BEAT_SCHEDULE = {
    "publish-due": {
        "task": "publishers.delivery.tasks.publish_due",
        "schedule": 2.0,
        "options": {"queue": "publish", "expires": 4},
    },
    "stage-upcoming": {
        "task": "publishers.delivery.tasks.stage_upcoming",
        "schedule": 2.0,
        "options": {"queue": "upload", "expires": 4},
    },
    "book-approved": {
        "task": "publishers.delivery.tasks.book_approved",
        "schedule": 2.0,
        "options": {"queue": "render", "expires": 4},
    },
    "speak-due": {
        "task": "publishers.delivery.tasks.speak_due",
        "schedule": 2.0,
        "options": {"queue": "render", "expires": 4},
    },
    "follow-withdrawals": {
        "task": "publishers.delivery.tasks.follow_withdrawals",
        "schedule": 2.0,
        "options": {"queue": "render", "expires": 4},
    },
    "follow-recalls": {
        "task": "publishers.delivery.tasks.follow_recalls",
        "schedule": 5.0,
        "options": {"queue": "render", "expires": 10},
    },
    "read-native": {
        "task": "publishers.delivery.tasks.read_native",
        "schedule": 300.0,
        "options": {"queue": "insights", "expires": 300},
    },
    "send-broadcasts": {
        "task": "publishers.delivery.tasks.send_broadcasts",
        "schedule": 30.0,
        "options": {"queue": "render", "expires": 30},
    },
    "pack-provinces": {
        "task": "publishers.scripts.tasks.pack_provinces",
        "schedule": 10.0,
        "options": {"queue": "render", "expires": 10},
    },
    "make-sounds": {
        "task": "publishers.scripts.tasks.make_sounds",
        "schedule": 5.0,
        "options": {"queue": "render", "expires": 5},
    },
    "prepare-sounds": {
        "task": "publishers.programmes.tasks.prepare_sounds",
        "schedule": 300.0,
        "options": {"queue": "render", "expires": 300},
    },
    "seal-audit": {
        "task": "cms.audit.tasks.seal_rows",
        "schedule": 10.0,
        "options": {"queue": "render", "expires": 10},
    },
    "send-digests": {
        "task": "cms.notices.tasks.send_digests",
        "schedule": crontab(hour=7, minute=0),
        "options": {"queue": "render", "expires": 3600},
    },
    "make-packs": {
        "task": "media.packs.tasks.make_packs",
        "schedule": 10.0,
        "options": {"queue": "render", "expires": 10},
    },
    "clear-packs": {
        "task": "media.packs.tasks.clear_packs",
        "schedule": 3600.0,
        "options": {"queue": "render", "expires": 3600},
    },
    "make-renditions": {
        "task": "media.renditions.tasks.make_renditions",
        "schedule": 10.0,
        "options": {"queue": "render", "expires": 10},
    },
    "clear-renditions": {
        "task": "media.renditions.tasks.clear_renditions",
        "schedule": 3600.0,
        "options": {"queue": "render", "expires": 3600},
    },
    "clear-uploads": {
        "task": "media.library.tasks.clear_uploads",
        "schedule": 3600.0,
        "options": {"queue": "render", "expires": 3600},
    },
    "count-uses": {
        "task": "media.library.tasks.count_uses",
        "schedule": 600.0,
        "options": {"queue": "render", "expires": 600},
    },
    "index-library": {
        "task": "media.library.tasks.index_changed_assets",
        "schedule": 5.0,
        "options": {"queue": "render", "expires": 5},
    },
    "refresh-grants": {
        "task": "publishers.connections.tasks.refresh_grants",
        "schedule": 300.0,
        "options": {"queue": "render", "expires": 300},
    },
    # Every account is looked at once a day; asking hourly spreads them and makes up for a missed tick.
    "check-health": {
        "task": "publishers.connections.tasks.check_health",
        "schedule": 3600.0,
        "options": {"queue": "render", "expires": 3600},
    },
}
