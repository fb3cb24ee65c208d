"""How fast the delivery engine waits: one factor for every lease, back-off and look (chaos runs shrink it)."""

from cms.settings.parts.paths import env

# 1.0 in production; 0.1 makes a lease of 45 s one of 4.5 s. Never changes what is sent, only how long we wait.
DELIVERY_PACE = env.float("LANTOA_DELIVERY_PACE", default=1.0)
# Calls to platforms at the same time, per worker process.
DELIVERY_PUBLISH_THREADS = env.int("LANTOA_PUBLISH_THREADS", default=16)
DELIVERY_UPLOAD_THREADS = env.int("LANTOA_UPLOAD_THREADS", default=4)
