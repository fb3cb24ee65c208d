"""The sample facts of the demo look like a real province, and keep no station from the campaign's own script."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cms.facts.models import FactKey
from cms.places.models import AdministrativeUnit
from publishers.demo import articles
from publishers.demo.local_facts import AREA, samples_of
from publishers.demo.stations import languages_of
from publishers.scripts.spoken import speak

TODAY = date(2026, 11, 23)
COMMUNES = 301


def samples(number: int, province: str = "38"):
    commune = AdministrativeUnit(full_name="Xã Mẫu", parent=AdministrativeUnit(code=province))
    return {sample.key: sample for sample in samples_of(commune, number, TODAY)}


def standing(key: FactKey) -> list[bool | None]:
    """For each commune: whether the value holds today, or None where nobody has said it."""
    found = [samples(number).get(key) for number in range(COMMUNES)]
    return [
        None
        if each is None
        else each.valid_from <= TODAY and (each.valid_to is None or each.valid_to >= TODAY)
        for each in found
    ]


@pytest.mark.parametrize(("key", "missing", "ended"), [(FactKey.HOTLINE, 33, 7), (FactKey.FEE, 23, 7)])
def test_most_communes_have_said_it_some_have_not_and_a_few_values_have_run_out(key, missing, ended):
    told = standing(key)
    assert (told.count(None), told.count(False), told.count(True)) == (
        missing,
        ended,
        COMMUNES - missing - ended,
    )


def test_what_the_campaigns_script_names_holds_in_every_commune():
    for key in (FactKey.CENTRE_NAME, FactKey.CENTRE_ADDRESS, FactKey.CENTRE_HOURS):
        assert standing(key) == [True] * COMMUNES
    texts = " ".join(value for value in vars(articles).values() if isinstance(value, str))
    assert not re.search(r"\{\{(duong_day_nong|le_phi)\}\}", texts)


@pytest.mark.parametrize("province", sorted(AREA))
def test_hotlines_ring_nobody_and_can_be_read(province):
    line = samples(5, province)[FactKey.HOTLINE].value
    assert re.fullmatch(rf"{AREA[province]} 0\d\d \d{{4}}", line)
    told = speak(f"Bà con gọi đường dây nóng {line}.")
    assert not told.flags
    assert not any(sign.isdigit() for sign in told.text)


def test_stations_in_jrai_and_hmong_communes_broadcast_in_these_languages():
    assert languages_of("Ia Grai", "52") == ["jra"]
    assert languages_of("Pù Nhi", "38") == ["hmn"]
    assert languages_of("Hạc Thành", "38") == languages_of("Quy Nhơn", "52") == []
