from django.apps import AppConfig


class ScriptsConfig(AppConfig):
    name = "publishers.scripts"
    label = "scripts"
    verbose_name = "Bản tin phát thanh"

    def ready(self) -> None:
        from campaigns.posts import sockets
        from cms.channels.kinds import ChannelKind
        from publishers.scripts.proofs import reading_findings, spoken_preview

        sockets.previews[ChannelKind.LOUDSPEAKER] = spoken_preview
        if reading_findings not in sockets.findings:
            sockets.findings.append(reading_findings)
