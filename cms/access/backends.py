"""Who may open the admin at all: whoever holds an active membership. Django's own permissions count for nothing else."""

from django.contrib.auth.backends import ModelBackend

from cms.access.scopes import memberships_of


class MembershipBackend(ModelBackend):
    """Passwords as Django does them; permissions from memberships only, superusers not excepted."""

    def _get_permissions(self, user_obj, obj, from_name):
        if obj is not None or not memberships_of(user_obj):
            return set()
        return {"wagtailadmin.access_admin"} if from_name == "user" else set()

    def has_module_perms(self, user_obj, app_label):
        return app_label == "wagtailadmin" and bool(memberships_of(user_obj))
