"""One session that trained the pattern: what checks, ladders and outcomes count."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Morning = Literal["settled", "overload", "not_settled", "unknown"]

CLEAN_WORST = 2


@dataclass(frozen=True, slots=True)
class Exposure:
    """A session with at least one completed work set of the pattern (domain §3.6).

    `on` is the client's local date. `worst` is the highest value given for it, 0–10, with the
    painkiller rule of domain §3.3 already counted; None = not answered.
    `percent_of_before` is the load against the working load before the episode; None = no load.
    """

    on: date
    worst: int | None
    morning: Morning
    percent_of_before: float | None
    painkiller: bool

    @property
    def calm(self) -> bool:
        """Worst at most 2 of 10, answered, and no painkiller taken (domain §3.3, §5 Checks)."""
        return self.worst is not None and self.worst <= CLEAN_WORST and not self.painkiller

    @property
    def clean(self) -> bool:
        """Calm, and settled the next morning; an unknown morning never counts (domain §3.6)."""
        return self.calm and self.morning == "settled"
