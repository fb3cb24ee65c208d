from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "cms.approvals"
    label = "approvals"
    verbose_name = "Phê duyệt"

    def ready(self) -> None:
        from cms.approvals import services
        from cms.approvals.models import MembershipApprovalTask

        MembershipApprovalTask.verbs = {
            "approve": lambda item, user, state, comment: services.approve(
                item, user, state.content_hash, comment
            ),
            "reject": lambda item, user, state, comment: services.send_back(item, user, comment),
        }
