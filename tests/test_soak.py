"""The share of the long tests to run."""

import pytest

from tests.soak import SHARE, read_share, sample, times


def test_a_share_is_at_least_what_a_test_needs_and_never_more_than_all() -> None:
    assert times(1000, least=5) == max(round(1000 * SHARE), 5)
    assert times(3, least=5) == 3
    assert times(1) == 1


def test_a_sample_is_spread_over_all_cases_and_names_none_twice() -> None:
    cases = sample(range(1000))

    assert len(set(cases)) == times(1000)
    assert cases == sorted(cases)
    assert cases[-1] >= 1000 - 1000 // len(cases)


@pytest.mark.parametrize("text", ["all", "0", "-1", "1.5", "nan", ""])
def test_an_invalid_share_is_an_error_that_quotes_it(text: str) -> None:
    with pytest.raises(ValueError, match=f'^SOAK_SHARE: "{text}" is not part of a whole; write a number above 0 and'):
        read_share(text)
