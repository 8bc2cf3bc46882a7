"""Reading a document that anybody may send: every fault is named, nothing is guessed."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!-~]*)?")
_LONGEST_NUMBER = 20
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where (RFC 6901 pointer), a stable code, a sentence, and what was sent."""

    pointer: str
    code: str
    sentence: str
    value: object


class BadDocument(Exception):
    """A document with faults, all of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{one.pointer or '/'}: {one.sentence}" for one in faults[:5]))
        self.faults = faults


class Reader:
    """Getters that note a fault and go on, so that one pass finds them all."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, pointer: str, code: str, sentence: str, value: object = None) -> None:
        """Note a fault; a long text is cut, as nobody needs all of it back."""
        if isinstance(value, str) and len(value) > _SHOWN:
            value = value[:_SHOWN] + "…"
        self.faults.append(Fault(pointer, code, sentence, value))

    def members(
        self, value: object, pointer: str, known: Collection[str], needed: Collection[str]
    ) -> dict[str, object]:
        """The members of an object; unknown and missing ones are faults, null means not given."""
        if not isinstance(value, Mapping):
            self.fault(pointer, "wrong_type", "An object with members is expected.", value)
            return {}
        for key in value:
            if key not in known:
                names = ", ".join(known)
                sentence = f"There is no such member; known here: {names}."
                self.fault(under(pointer, key), "unknown_member", sentence, value[key])
        for key in needed:
            if value.get(key) is None:
                self.fault(under(pointer, key), "missing_member", f"{key} is missing.")
        return {key: value[key] for key in known if value.get(key) is not None}

    def rows(
        self, value: object, pointer: str, *, least: int, most: int, code: str = "wrong_length"
    ) -> list[tuple[str, object]]:
        """The rows of a list with their pointers, at most `most` of them."""
        if not isinstance(value, list | tuple):
            self.fault(pointer, "wrong_type", "A list is expected.", value)
            return []
        if not least <= len(value) <= most:
            sentence = f"There are {len(value)} rows; {least} to {most} are expected."
            self.fault(pointer, code, sentence, len(value))
        return [(f"{pointer}/{place}", row) for place, row in enumerate(value[:most])]

    def text(self, value: object, pointer: str, *, most: int, least: int = 1) -> str:
        """Text of `least` to `most` characters without control characters."""
        if not isinstance(value, str):
            self.fault(pointer, "wrong_type", "Text is expected.", value)
            return ""
        if not least <= len(value.strip()) or len(value) > most:
            sentence = f"Text of {least} to {most} characters is expected."
            self.fault(pointer, "wrong_length", sentence, value)
        if _UNPRINTABLE.search(value):
            sentence = "The text holds characters that cannot be shown."
            self.fault(pointer, "bad_text", sentence, _UNPRINTABLE.sub("�", value))
        return value

    def link(self, value: object, pointer: str) -> str:
        """An https address without a name or password in it, at most 500 characters."""
        text = self.text(value, pointer, most=500)
        if text and not _HTTPS.fullmatch(text):
            self.fault(
                pointer, "not_https", "An address that begins with https:// is expected.", text
            )
        return text

    def one_of(self, value: object, pointer: str, accepted: Collection[str]) -> str:
        """One word out of a few; the first of them when it is none."""
        if isinstance(value, str) and value in accepted:
            return value
        expected = ", ".join(accepted)
        self.fault(pointer, "unknown_value", f"One of {expected} is expected.", value)
        return next(iter(accepted))

    def flag(self, value: object, pointer: str) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            self.fault(pointer, "wrong_type", "true or false is expected.", value)
        return value is True

    def whole(self, value: object, pointer: str, least: int, most: int) -> int | None:
        """A whole number inside its bounds, else None."""
        number = self.number(value, pointer, Decimal(least), Decimal(most), places=0)
        return None if number is None else int(number)

    def number(
        self, value: object, pointer: str, least: Decimal, most: Decimal, *, places: int = 3
    ) -> Decimal | None:
        """A number inside its bounds with at most so many decimal places, else None."""
        number = _decimal(value)
        if number is None:
            self.fault(pointer, "not_a_number", "A number is expected.", value)
        elif not least <= number <= most:
            self.fault(pointer, "out_of_range", f"From {least} to {most} is accepted.", value)
        elif number != round(number, places):
            sentence = f"At most {places} decimal places." if places else "A whole number."
            self.fault(pointer, "too_exact", sentence, value)
        else:
            return number
        return None


def under(pointer: str, key: object) -> str:
    """The pointer of a member (RFC 6901: ~ and / are escaped)."""
    name = str(key).replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{name[:_SHOWN]}"


def _decimal(value: object) -> Decimal | None:
    """A finite number out of a JSON number or a short text of digits, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    if isinstance(value, int):
        return Decimal(value)
    written = str(value)
    if len(written) > _LONGEST_NUMBER or not written.isascii() or "_" in written:
        return None
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
