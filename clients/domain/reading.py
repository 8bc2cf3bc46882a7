"""A tolerant reader: takes what can be read, and notes the path of what cannot (ruling 8)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

Word = TypeVar("Word", bound=StrEnum)
UNKNOWN_ZONE = "UTC"


@dataclass(slots=True)
class Reader:
    """Typed reads from one raw mapping; every refusal is kept in `unreadable`, none is raised."""

    raw: Mapping[str, object]
    path: str = ""
    unreadable: list[str] = field(default_factory=list)

    def sub(self, key: str) -> "Reader":
        """A mapping inside; an empty one when it is absent or something else."""
        value = self.raw.get(key)
        if value is None:
            value = {}
        return self.of(value, key)

    def of(self, value: object, key: str) -> "Reader":
        """A reader for a value found under a key, sharing the list of what is unreadable."""
        if not isinstance(value, Mapping):
            self.refuse(key)
            value = {}
        return Reader(value, f"{self.path}{key}.", self.unreadable)

    def items(self, key: str) -> Sequence[object]:
        """A list; empty when absent."""
        value = self.raw.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self.refuse(key)
            return ()
        return value

    def word(self, key: str, accepted: Collection[str]) -> str | None:
        """One known word, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or value not in accepted:
            self.refuse(key)
            return None
        return value

    def member(self, key: str, kind: type[Word]) -> Word | None:
        """One member of an enumeration, or None."""
        value = self.word(key, [str(one) for one in kind])
        return None if value is None else kind(value)

    def words(self, key: str, accepted: Collection[str]) -> frozenset[str]:
        """Known words of a list; unknown ones are noted by their place."""
        found = set()
        for index, value in enumerate(self.items(key)):
            if isinstance(value, str) and value in accepted:
                found.add(value)
            else:
                self.refuse(f"{key}.{index}")
        return frozenset(found)

    def optional_words(self, key: str, accepted: Collection[str]) -> frozenset[str] | None:
        """As `words`; None = not answered, which an empty list is not."""
        return None if self.raw.get(key) is None else self.words(key, accepted)

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.refuse(key)
            return None
        return value

    def number(self, key: str) -> Decimal | None:
        """A number from 0 to 2000, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        try:
            if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
                raise InvalidOperation
            # Through text: 59.9 is meant as 59.9 and not as its nearest binary fraction.
            number = Decimal(str(value)[:40])
            if not 0 <= number <= 2000:
                raise InvalidOperation
        except InvalidOperation:
            self.refuse(key)
            return None
        return number

    def flag(self, key: str) -> bool | None:
        """true, false or not answered."""
        value = self.raw.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.refuse(key)
        return None

    def text(self, key: str) -> str | None:
        """Text of 1 to 64 characters, or None."""
        value = self.raw.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not 0 < len(value) <= 64:
            self.refuse(key)
            return None
        return value

    def refuse(self, key: str) -> None:
        """Note that this key could not be read."""
        self.unreadable.append(f"{self.path}{key}"[:80])


def zone_or_utc(zone: object) -> tuple[str, bool]:
    """A time zone that exists, and whether the one given was it."""
    try:
        ZoneInfo(str(zone))
    except (KeyError, ValueError, OSError):
        return UNKNOWN_ZONE, False
    return str(zone), isinstance(zone, str)
