"""Small, honest statistics of counts: a share with its interval, never a bare percentage.

Plain functions of our own, compared with a library in the tests (domain §7).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Z95 = 1.959963984540054
Z_POWER_80 = 0.8416212335729143
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Share:
    """A mean and its 95 % interval, as fractions from 0 to 1."""

    mean: float
    low: float
    high: float


def percent(share: float) -> int:
    """A fraction as a whole percent, halves upward."""
    return math.floor(share * 100 + 0.5)


def wilson(events: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of `events` in `of`: 7 of 9 gives 0.45 to 0.94 (domain §7).

    ValueError unless 0 <= events <= of and of >= 1.
    """
    if of < 1:
        raise ValueError("an interval needs at least one episode")
    _check_count(events, of)
    share, z2 = events / of, Z95**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    # Exactly 0 and 1 on paper; floating point would miss them by a hair.
    low = 0.0 if events == 0 else middle - half
    high = 1.0 if events == of else middle + half
    return low, high


def beta_posterior(events: int, of: int) -> Share:
    """The Beta(1, 1) posterior of `events` in `of`: 7 of 9 gives 73 %, 44 to 93 % (domain §7).

    ValueError unless 0 <= events <= of; with nothing seen it is the even prior.
    """
    _check_count(events, of)

    def below(share: float) -> float:
        # A beta distribution with whole parameters is the tail of a binomial one.
        return _binomial_at_least(events + 1, of + 1, share)

    mean = (events + 1) / (of + 2)
    return Share(mean, _where_it_reaches(below, 0.025), _where_it_reaches(below, 0.975))


def episodes_to_tell_apart(first: float, second: float) -> int:
    """Episodes per option to tell two shares apart, two-sided 5 %, power 80 % (domain §7).

    0.6 from 0.8 takes 82. ValueError when the shares are equal or not between 0 and 1.
    """
    if first == second or not (0 < first < 1 and 0 < second < 1):
        raise ValueError(f"two different shares between 0 and 1 are needed, not {first}, {second}")
    pooled = (first + second) / 2
    by_chance = Z95 * math.sqrt(2 * pooled * (1 - pooled))
    by_power = Z_POWER_80 * math.sqrt(first * (1 - first) + second * (1 - second))
    return math.ceil(((by_chance + by_power) / (first - second)) ** 2)


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile, always a value that occurred; None of nothing.

    ValueError unless 0 < share <= 1.
    """
    if not 0 < share <= 1:
        raise ValueError(f"a percentile lies above 0 and at most at 1, not {share}")
    if not values:
        return None
    # 0.95 × 20 must stay rank 19, whatever floating point makes of it.
    rank = math.ceil(round(share * len(values), 9))
    return sorted(values)[rank - 1]


def _check_count(events: int, of: int) -> None:
    if not 0 <= events <= of:
        raise ValueError(f"{events} of {of} is not a count")


def _binomial_at_least(least: int, trials: int, share: float) -> float:
    """The chance of `least` or more in `trials`, in logarithms so that no factor overflows."""
    yes, no = math.log(share), math.log1p(-share)
    ways = math.lgamma(trials + 1)
    return math.fsum(
        math.exp(
            ways
            - math.lgamma(count + 1)
            - math.lgamma(trials - count + 1)
            + count * yes
            + (trials - count) * no
        )
        for count in range(least, trials + 1)
    )


def _where_it_reaches(rising: Callable[[float], float], target: float) -> float:
    """Where a function rising over 0 to 1 reaches `target`, by halving."""
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < target:
            low = middle
        else:
            high = middle
    return high
