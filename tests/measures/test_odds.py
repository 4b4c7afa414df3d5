"""Odds of ideas, checked against integrals worked out by hand and against sums over a fine grid."""

import math

import numpy as np
import pytest

from orgdata.measures.odds import Bet, Triangle, beats, too_close, whole_percent


def certain(value: float) -> Triangle:
    return Triangle(value, value, value)


def bet(effect: Triangle, effort: Triangle, works: float = 1.0) -> Bet:
    return Bet(effect, effort, works)


RISING, SAME_LATER = Triangle(0, 1, 2), Triangle(1, 2, 3)


@pytest.mark.parametrize(("one", "other", "chance"), [
    # 0.2 a week beats 0.15 whenever it works; where neither does it is a tie:
    # 0.6·0.8·1 + 0.6·0.2·1 + 0.4·0.8·0 + 0.4·0.2·½
    (bet(certain(2), certain(10), 0.6), bet(certain(3), certain(20), 0.8), 0.64),
    # P(effect > 1.5) = (2 − 1.5)² / ((2 − 0)(2 − 1))
    (bet(RISING, certain(1)), bet(certain(1.5), certain(1)), 0.125),
    # ∫₁² (y − 1) · (2 − y)²/2 dy = ½ B(2, 3)
    (bet(RISING, certain(1)), bet(SAME_LATER, certain(1)), 1 / 24),
    # the same of efforts, less of which is better: 1 / effort is greater where effort is less
    (bet(certain(1), SAME_LATER), bet(certain(1), Triangle(2, 3, 4)), 23 / 24),
    # effect / effort > 1 where effect is greater: uniform halves of a triangle from 0
    (bet(RISING, RISING), bet(certain(1), certain(1)), 0.5),
    (bet(certain(1), certain(4)), bet(certain(2), certain(8)), 0.5),  # a tie
    (bet(certain(0), RISING), bet(certain(-1), certain(1)), 1.0),  # nothing is better than harm
    (bet(certain(1), certain(1), 0), bet(certain(1), certain(1), 1), 0.0),
])
def test_chances_by_hand(one, other, chance):
    assert beats(one, other) == pytest.approx(chance, abs=1e-12)
    assert beats(other, one) == pytest.approx(1 - chance, abs=1e-12)


def _on_a_grid(one: Bet, other: Bet, points: int = 400) -> float:
    """Both effects and efforts at the middles of equal chances, each with each, as a plain sum."""
    def values(triangle: Triangle) -> np.ndarray:
        low, likely, high = triangle.low, triangle.likely, triangle.high
        if low == high:
            return np.array([low])
        chances = (np.arange(points) + 0.5) / points
        rise = (likely - low) / (high - low)
        return np.where(chances < rise, low + np.sqrt(chances * (high - low) * (likely - low)),
                        high - np.sqrt((1 - chances) * (high - low) * (high - likely)))

    a, b = (np.sort(np.divide.outer(values(x.effect), values(x.effort)).ravel())
            for x in (one, other))
    both = (np.searchsorted(b, a, "left") + np.searchsorted(b, a, "right")).sum() / (
        2 * len(a) * len(b))
    p, q = one.works, other.works
    nothing = [((v > 0) + 0.5 * (v == 0)).mean() for v in (a, b)]
    return (p * q * both + p * (1 - q) * nothing[0] + (1 - p) * q * (1 - nothing[1])
            + (1 - p) * (1 - q) / 2)


@pytest.mark.parametrize(("one", "other"), [
    (bet(Triangle(1, 2, 4), Triangle(6, 10, 20), 0.6), bet(Triangle(1, 3, 4), Triangle(8, 12, 30), 0.7)),
    (bet(Triangle(-1, 1, 4), Triangle(2, 3, 9), 0.9), bet(Triangle(0.5, 0.5, 2), Triangle(1, 8, 8), 0.5)),
    (bet(Triangle(0.1, 0.2, 0.9), Triangle(0, 5, 12)), bet(certain(0.3), Triangle(3, 4, 6), 0.8)),
    # far apart in size, and an effort that may be nothing
    (bet(certain(0.005), Triangle(0, 17, 19)), bet(Triangle(-0.8, -0.8, 4), Triangle(4, 5, 8))),
])
def test_chances_on_a_grid(one, other):
    assert beats(one, other) == pytest.approx(_on_a_grid(one, other), abs=1e-3)
    assert beats(one, other) + beats(other, one) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(("one", "other"), [
    (bet(Triangle(3e5, 8e6, 6e13), Triangle(2e-7, 3e-7, 7e-4)), bet(Triangle(-4e14, -2.6, -1e-8), Triangle(1e-7, 4e-7, 5e6))),
    (bet(Triangle(4e-7, 226, 2e13), Triangle(4e-5, 1e13, 2e14)), bet(Triangle(-2e14, 0.01, 3e12), Triangle(2e-8, 4e-8, 0.3))),
    (bet(Triangle(0, 0, 1e15), Triangle(0, 1, 1e15)), bet(Triangle(-1e15, -1, 0), Triangle(0, 1, 1e15))),
    (bet(Triangle(-1e15, 0, 1e15), Triangle(1e-15, 1, 1e15)), bet(Triangle(0, 1e-15, 1), Triangle(1, 1e15, 1e15)))])
def test_chances_of_numbers_that_are_many_orders_apart(one, other):
    assert beats(one, other) == pytest.approx(_on_a_grid(one, other), abs=2e-3)
    assert beats(one, other) + beats(other, one) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("high", [1e14, 1e15, 1e24])
def test_a_number_with_far_too_many_digits_still_gives_odds(high):
    huge, plain = bet(Triangle(0, 0, high), Triangle(0, 0, 1)), bet(certain(1), Triangle(0, 0, 1))
    assert beats(huge, plain) == pytest.approx(1, abs=1e-6)
    assert beats(plain, huge) == pytest.approx(0, abs=1e-6)


def test_as_20_000_draws_would_have_it():
    """The other way that the method allows, within what so many draws can tell."""
    draw = np.random.default_rng(0)
    one, other = bet(Triangle(1, 2, 4), Triangle(6, 10, 20), 0.6), bet(
        Triangle(1, 3, 4), Triangle(8, 12, 30), 0.7)
    a, b = (np.where(draw.random(20_000) < x.works, draw.triangular(
        x.effect.low, x.effect.likely, x.effect.high, 20_000) / draw.triangular(
            x.effort.low, x.effort.likely, x.effort.high, 20_000), 0) for x in (one, other))
    drawn = (a > b).mean() + (a == b).mean() / 2
    assert beats(one, other) == pytest.approx(drawn, abs=4 * math.sqrt(0.25 / 20_000))


@pytest.mark.parametrize(("chance", "percent"), [
    (0.125, 12), (0.875, 88), (0.605, 60), (0.395, 40), (0.5, 50), (0.9999, 99), (1e-6, 1), (1, 100), (0, 0),
    (1 - 1e-12, 100)])
def test_whole_percent_of_both_sides_add_up(chance, percent):
    assert whole_percent(chance) == percent
    assert whole_percent(1 - chance) == 100 - percent


def test_too_close_to_call_has_both_ends():
    assert [percent for percent in range(101) if too_close(percent)] == list(range(40, 61))
