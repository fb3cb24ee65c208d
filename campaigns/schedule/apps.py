from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "campaigns.schedule"
    label = "schedule"
    verbose_name = "Lịch đăng"

    def ready(self) -> None:
        from campaigns.posts import sockets
        from campaigns.schedule.home_panel import TodayPanel
        from campaigns.schedule.plugs import findings_about_times, slots_for_approval
        from cms.core.home_panels import plug

        plug(TodayPanel)

        sockets.approval_parts["slots"] = slots_for_approval
        sockets.post_findings.append(findings_about_times)
