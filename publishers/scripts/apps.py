from django.apps import AppConfig


class ScriptsConfig(AppConfig):
    name = "publishers.scripts"
    label = "scripts"
    verbose_name = "Bản tin phát thanh"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from campaigns.posts import sockets
        from cms.access.policies import ScopedPolicy
        from cms.channels.kinds import ChannelKind
        from publishers.scripts.models import LexiconEntry
        from publishers.scripts.proofs import reading_findings, spoken_preview

        register_permission_policy(LexiconEntry, ScopedPolicy(LexiconEntry))
        sockets.previews[ChannelKind.LOUDSPEAKER] = spoken_preview
        if reading_findings not in sockets.findings:
            sockets.findings.append(reading_findings)
