"""A load is compared only within one root, and never computed upwards (domain §4, §6)."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.domain.exercises import Basis, library
from programs.domain.variation import ratio, root_of

HELD = library()
lifts = st.sampled_from(list(HELD))


@pytest.mark.parametrize(
    ("source", "target", "regression", "expected"),
    [
        ("ht_barbell", "ht_american", True, "0.65"),
        ("ht_barbell", "ht_american", False, "0.8"),
        ("ht_barbell", "ht_barbell", True, "1"),
        ("leg_press", "leg_press", True, "1"),
        ("dl_conv", "dl_block", True, "0.95"),
        ("dl_conv", "dl_block", False, None),
        ("dl_conv", "dl_trap", False, None),
        ("dl_conv", "dl_trap", True, "1"),
        ("ht_american", "ht_barbell", True, None),
        ("ht_barbell", "ht_band", True, None),
        ("ht_barbell", "ht_bw", True, None),
        ("ht_barbell", "ht_machine", True, None),
        ("ht_machine", "ht_barbell", True, None),
        ("dl_conv", "ht_barbell", True, None),
        ("ht_band", "ht_band", True, None),
        ("bx45", "bx45", True, None),
        ("sq_back", "good_am", True, "0.25"),
        ("dl_conv", "good_am", True, None),
    ],
)
def test_a_ratio_stays_within_a_root_and_never_goes_up(
    source: str, target: str, regression: bool, expected: str | None
) -> None:
    found = ratio(HELD, source, target, regression=regression)
    assert found == (None if expected is None else Decimal(expected))


def test_a_ratio_between_two_variations_takes_low_over_high() -> None:
    assert ratio(HELD, "ht_american", "ht_pause") == Decimal("0.70") / Decimal("0.95")
    usual = ratio(HELD, "ht_kas", "ht_american", regression=False)
    assert usual == Decimal("0.80") / Decimal("0.90")


def test_three_own_pairs_replace_the_table() -> None:
    pairs = (Decimal("0.72"), Decimal("0.78"), Decimal("0.70"))
    assert ratio(HELD, "ht_barbell", "ht_american", own_pairs=pairs) == Decimal("0.72")
    assert ratio(HELD, "ht_barbell", "ht_american", own_pairs=pairs[:2]) == Decimal("0.65")
    high = (Decimal("1.1"),) * 3
    assert ratio(HELD, "ht_barbell", "ht_american", own_pairs=high) is None
    assert ratio(HELD, "dl_conv", "ht_barbell", own_pairs=pairs) is None


@given(lifts, lifts, st.booleans())
@settings(max_examples=200, deadline=None)
def test_no_ratio_is_above_one(source: str, target: str, regression: bool) -> None:
    found = ratio(HELD, source, target, regression=regression)
    assert found is None or 0 < found <= 1


def test_every_ratio_leads_to_one_root() -> None:
    for lift in HELD.values():
        expected = lift.basis in (Basis.ROOT, Basis.RATIO)
        assert (root_of(lift) is not None) is expected
