"""Installed rooms, left wing first: the order is the order in which imports may point."""

ROOMS = [
    "cms.core",
    "cms.audit",
    "cms.places",
    "cms.organisations",
    "cms.accounts",
    "cms.access",
    "cms.facts",
    "cms.notices",
    "cms.approvals",
    "cms.channels",
    "media.taxonomy",
    "media.library",
    "media.localisations",
    "media.renditions",
    "media.designs",
    "media.packs",
    "campaigns.planning",
    "campaigns.posts",
    "campaigns.schedule",
    "publishers.stations",
    "publishers.scripts",
    "publishers.programmes",
    "publishers.connections",
    "publishers.delivery",
    "publishers.portal",
    "publishers.demo",
]

WAGTAIL = [
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtailmedia",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]

DJANGO = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

SIGN_IN = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
]

INSTALLED_APPS = ROOMS + WAGTAIL + SIGN_IN + DJANGO
