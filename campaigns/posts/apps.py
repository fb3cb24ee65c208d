from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "campaigns.posts"
    label = "posts"
    verbose_name = "Bài đăng"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from campaigns.posts import sockets
        from campaigns.posts.asset_flags import flagged_assets
        from campaigns.posts.asset_uses import uses_in_posts
        from campaigns.posts.models import Post
        from cms.access.policies import ScopedPolicy
        from media.library import uses

        register_permission_policy(Post, ScopedPolicy(Post))
        uses.plug(uses_in_posts)
        sockets.post_findings.append(flagged_assets)
