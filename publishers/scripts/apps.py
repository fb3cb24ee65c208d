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
        from cms.core.home_panels import plug
        from media.library import uses
        from publishers.scripts.asset_uses import scripts_filled_with, uses_in_scripts
        from publishers.scripts.lexicon_entries import readings_for_approval
        from publishers.scripts.models import LexiconEntry, PackageJob, RecordedReading
        from publishers.scripts.package_policy import PackagePolicy
        from publishers.scripts.plans import plans_for_approval
        from publishers.scripts.post_links import TranslationsWaiting, reading_links
        from publishers.scripts.proofs import reading_findings, spoken_preview, urgency_findings
        from publishers.scripts.proofs_for_the_ear import hearing_findings, stale_findings
        from publishers.scripts.reach_findings import stations_lacking_facts

        register_permission_policy(LexiconEntry, ScopedPolicy(LexiconEntry))
        register_permission_policy(PackageJob, PackagePolicy())
        register_permission_policy(RecordedReading, ScopedPolicy(RecordedReading))
        uses.plug(uses_in_scripts)
        uses.plug_for_facts(scripts_filled_with)
        sockets.previews[ChannelKind.LOUDSPEAKER] = spoken_preview
        plug(TranslationsWaiting)
        if stations_lacking_facts not in sockets.post_findings:
            sockets.post_findings.append(stations_lacking_facts)
        if reading_links not in sockets.actions:
            sockets.actions.append(reading_links)
        for finding in (urgency_findings, reading_findings, hearing_findings, stale_findings):
            if finding not in sockets.findings:
                sockets.findings.append(finding)
        sockets.approval_extras["script_plans"] = plans_for_approval
        sockets.approval_extras["script_readings"] = readings_for_approval
