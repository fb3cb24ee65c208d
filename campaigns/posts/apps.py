from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "campaigns.posts"
    label = "posts"
    verbose_name = "Bài đăng"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from campaigns.posts.models import Post
        from cms.access.policies import ScopedPolicy

        register_permission_policy(Post, ScopedPolicy(Post))
