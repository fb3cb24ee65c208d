from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "campaigns.posts"
    label = "posts"
    verbose_name = "Bài đăng"
