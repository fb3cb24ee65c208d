from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cms.access"
    label = "access"
    verbose_name = "Phân quyền"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.access.policies import ScopedPolicy
        from cms.accounts.models import Membership
        from cms.organisations.models import Organisation

        # Bodies and people stand left of this room and cannot know the policy.
        register_permission_policy(Organisation, ScopedPolicy(Organisation, owner=""))
        register_permission_policy(Membership, ScopedPolicy(Membership))
