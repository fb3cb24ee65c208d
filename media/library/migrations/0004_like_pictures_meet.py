from django.db import migrations, models

from media.library.likeness import look_bands

_SHIFT = 1 << 63


def note_looks(apps, schema_editor):
    image, band = apps.get_model("library", "LibraryImage"), apps.get_model("library", "PictureBand")
    rows = image.objects.filter(look__isnull=False).values_list("pk", "look")
    found = []
    for pk, look in rows.iterator(chunk_size=1000):
        found += [band(image_id=pk, number=number) for number in look_bands(look + _SHIFT)]
        if len(found) >= 7000:
            band.objects.bulk_create(found)
            found = []
    band.objects.bulk_create(found)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0003_one_list_of_languages"),
    ]

    operations = [
        migrations.CreateModel(
            name="PictureBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(db_index=True)),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE, related_name="bands", to="library.libraryimage"
                    ),
                ),
            ],
        ),
        migrations.RunPython(note_looks, migrations.RunPython.noop),
    ]
