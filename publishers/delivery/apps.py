from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "publishers.delivery"
    label = "delivery"
    verbose_name = "Lượt đăng"

    def ready(self) -> None:
        from celery.signals import worker_ready, worker_shutting_down
        from wagtail.permissions import register_permission_policy

        from campaigns.posts import sockets
        from campaigns.schedule import advisers, outside
        from cms.core import banners
        from cms.core.home_panels import plug
        from media.library import uses
        from media.library.withdrawals import lifted
        from publishers.delivery import watchman
        from publishers.delivery.asset_uses import posts_carrying
        from publishers.delivery.home_panel import HeldPanel
        from publishers.delivery.models import Delivery
        from publishers.delivery.policies import DeliveryPolicy
        from publishers.delivery.quota_advice import days_too_full
        from publishers.delivery.recall_screens import action_for, withdrawal_links
        from publishers.delivery.services.native import calendar_entries
        from publishers.delivery.stop_screens import stop_banners
        from publishers.delivery.telling import asset_usable_again

        register_permission_policy(Delivery, DeliveryPolicy())
        lifted.connect(asset_usable_again, dispatch_uid="delivery_asset_usable_again")
        worker_ready.connect(watchman.begin, dispatch_uid="delivery_watchman", weak=False)
        worker_shutting_down.connect(watchman.end, dispatch_uid="delivery_watchman", weak=False)
        plug(HeldPanel)
        uses.plug_link(withdrawal_links)
        uses.plug_for_versions(posts_carrying)
        banners.plug(stop_banners)
        if action_for not in sockets.actions:
            sockets.actions.append(action_for)
        if days_too_full not in advisers.advisers:
            advisers.advisers.append(days_too_full)
        if calendar_entries not in outside.sources:
            outside.sources.append(calendar_entries)
