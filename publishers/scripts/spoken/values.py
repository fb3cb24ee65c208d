"""Typed values: what a written token means, before anybody says it."""

from decimal import Decimal
from typing import NamedTuple


class Number(NamedTuple):
    """A quantity, exact."""

    amount: Decimal


class Digits(NamedTuple):
    """A telephone, identity, account or other number that is said digit by digit. Leading zeros count."""

    digits: str


class Date(NamedTuple):
    """A calendar date of which the written text may leave out parts."""

    day: int | None = None
    month: int | None = None
    year: int | None = None


class Clock(NamedTuple):
    """A time of day or a length of time, as written."""

    hour: int | None = None
    minute: int | None = None
    second: int | None = None


class Amount(NamedTuple):
    """A quantity with its unit (money, measure, percent)."""

    amount: Decimal
    unit: str


class Ratio(NamedTuple):
    """So many out of so many, or a fraction."""

    part: Decimal
    whole: Decimal


class Interval(NamedTuple):
    """From one value to another."""

    first: "Value"
    last: "Value"


class Series(NamedTuple):
    """Several values said one after the other."""

    items: tuple["Value", ...]


class DocumentNumber(NamedTuple):
    """The number of an official document; the year is None where the symbol carries none."""

    number: str
    year: int | None
    kind: str
    issuer: str


class Code(NamedTuple):
    """Letters and digits that name a thing (a form, a road, a class)."""

    text: str


Value = Number | Digits | Date | Clock | Amount | Ratio | Interval | Series | DocumentNumber | Code
