"""Templates live in templates/<room>/."""

from cms.settings.parts.paths import BASE_DIR

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
                "cms.accounts.context.training_notice",
            ]
        },
    }
]

# Widgets too are drawn from templates/: the date choosers without inline script, the place field.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
