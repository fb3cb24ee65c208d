"""PostgreSQL: the index over title and body together that the search asks for and the stock backend never makes."""

from django.db import migrations

_MAKE = (
    "CREATE INDEX IF NOT EXISTS search_title_and_body_gin"
    " ON wagtailsearch_indexentry USING gin ((title || body))"
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_MAKE)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS search_title_and_body_gin")


class Migration(migrations.Migration):
    dependencies = [("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(make, drop)]
