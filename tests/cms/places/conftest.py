import datetime

import pytest
from django.db import transaction

from cms.places.models import AdministrativeUnit, UnitAlias, UnitVersion
from cms.places.services import load_map

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="package")
def loaded_map(django_db_setup, django_db_blocker):
    """The whole shipped map in the database as of 22/11/2026; everything is rolled back after this package."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_map(on=TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def vietnam(loaded_map, db):
    """The queryset of units, with the whole map loaded."""
    return AdministrativeUnit.objects.all()


@pytest.fixture
def no_map(db):
    """A database without a single place, for the length of one test."""
    for model in (UnitAlias, UnitVersion, AdministrativeUnit):
        # Row by row, Django would first look for everything that points to 3,356 units.
        rows = model.objects.all()
        rows._raw_delete(rows.db)
