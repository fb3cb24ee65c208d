"""Registration only."""

from wagtail import hooks

from media.taxonomy.viewsets import TaxonomyGroup


@hooks.register("register_admin_viewset")
def taxonomy_screens() -> TaxonomyGroup:
    return TaxonomyGroup()
