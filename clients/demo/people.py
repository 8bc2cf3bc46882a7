"""The people of the demo world: nobody real, one shared password, said so on the page."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "coach-and-client"  # noqa: S105 - the demo holds nobody's data


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody a visitor may sign in as."""

    name: str
    email: str
    role: str  # owner, coach or client
    practice: str


HARBOUR = "Harbour Strength"
QUIST = "Quist Coaching"

PEOPLE = (
    DemoPerson("Ada Lund", "ada@demo.example", "owner", HARBOUR),
    DemoPerson("Jo Marsh", "jo@demo.example", "coach", HARBOUR),
    DemoPerson("Bo Quist", "bo@demo.example", "owner", QUIST),
    DemoPerson("Noor Haddad", "noor@demo.example", "client", HARBOUR),
    DemoPerson("Priya Rao", "priya@demo.example", "client", HARBOUR),
    DemoPerson("Tomas Vega", "tomas@demo.example", "client", HARBOUR),
    DemoPerson("Mei Tanaka", "mei@demo.example", "client", HARBOUR),
    DemoPerson("Leo Brandt", "leo@demo.example", "client", HARBOUR),
    DemoPerson("Aisha Bello", "aisha@demo.example", "client", HARBOUR),
    DemoPerson("Jonas Berg", "jonas@demo.example", "client", HARBOUR),
    DemoPerson("Rosa Lima", "rosa@demo.example", "client", HARBOUR),
    DemoPerson("Sam Carter", "sam@demo.example", "client", QUIST),
    DemoPerson("Ines Moreau", "ines@demo.example", "client", QUIST),
    DemoPerson("Owen Price", "owen@demo.example", "client", QUIST),
    DemoPerson("Hana Novak", "hana@demo.example", "client", QUIST),
)
