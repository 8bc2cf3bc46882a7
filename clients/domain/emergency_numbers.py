"""The number of the ambulance by country, shown as text on a screen that says stop.

Only numbers answered round the clock from any phone of the country; where we are not sure the
screen says "your emergency number" and names none. An operator checks the line of their country.
"""

from __future__ import annotations

from collections.abc import Mapping

_ON_112 = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LT LU LV MT NL PL PT RO SE SI SK IN TR"
)

NUMBERS: Mapping[str, str] = dict.fromkeys(_ON_112.split(), "112") | {
    "AU": "000",
    "CA": "911",
    "CH": "144",
    "GB": "999",
    "HK": "999",
    "JP": "119",
    "KR": "119",
    "MX": "911",
    "NO": "113",
    "NZ": "111",
    "SG": "995",
    "US": "911",
}


def emergency_number(country: str) -> str:
    """The number for an ISO 3166 country code; empty where none is known to us."""
    return NUMBERS.get(country.upper(), "")
