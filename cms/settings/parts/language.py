"""Vietnamese first, English beside it; one time zone on every screen, UTC in the database."""

from django.utils.translation import gettext_lazy as _

from cms.settings.parts.paths import BASE_DIR

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
# Days are dd/mm/yyyy in both languages, read and written.
FORMAT_MODULE_PATH = ["cms.core.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
WAGTAIL_USER_TIME_ZONES = ["Asia/Ho_Chi_Minh"]
