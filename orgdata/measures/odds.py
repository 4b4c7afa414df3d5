"""How likely one idea beats another, by integration (METHOD section 8).

What an idea brings per person-week is an effect divided by an effort, each triangular, or nothing
where it does not work. The chance that one of two is greater is the integral of one's distribution
over the other's. Both are smooth between the points where a corner of an effect meets a corner of
an effort, and so are integrated there by Gauss's rule: exact far beyond the whole per cent shown.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.polynomial import legendre

Floats = npt.NDArray[np.float64]
TOO_CLOSE = (40, 60)  # whole per cent: too close to call, both ends included
_ORDER, _STEPS = 24, 3  # nodes of a piece, and pieces of an order of magnitude
_NODES, _WEIGHTS = legendre.leggauss(_ORDER)
# Values at the nodes → the derivative at the nodes of the polynomial through them
_SLOPE = np.column_stack([legendre.legval(_NODES, legendre.legder(one)) for one in np.eye(_ORDER)]
                         ) @ np.linalg.inv(legendre.legvander(_NODES, _ORDER - 1))
_CUBIC_NODES, _CUBIC_WEIGHTS = legendre.leggauss(2)  # exact for cubics
_DIGITS = 9  # beyond which a chance is noise, when it is rounded


@dataclass(frozen=True)
class Triangle:
    """A triangular distribution; certain where low is high. low ≤ likely ≤ high."""

    low: float
    likely: float
    high: float

    @property
    def corners(self) -> Floats:
        """Where its distribution is not smooth."""
        return np.array([self.low, self.likely, self.high])

    def density(self, x: Floats) -> Floats:
        """Its density; of no use where it is certain."""
        low, likely, high = self.corners
        with np.errstate(divide="ignore", invalid="ignore"):
            rises = 2 * (x - low) / ((high - low) * (likely - low))
            falls = 2 * (high - x) / ((high - low) * (high - likely))
        inside = (x > low) & (x < high)
        return np.where(inside, np.where(x < likely, rises, falls), 0.0)

    def below(self, x: Floats) -> Floats:
        """The chance of less than x, and half of the chance of exactly x."""
        low, likely, high = self.corners
        if low == high:
            return np.asarray((np.sign(x - low) + 1) / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            rises = (x - low) ** 2 / ((high - low) * (likely - low))
            falls = 1 - (high - x) ** 2 / ((high - low) * (high - likely))
        return np.where(x <= low, 0.0, np.where(x >= high, 1.0, np.where(x < likely, rises, falls)))


@dataclass(frozen=True)
class Bet:
    """An idea as it is compared: effect (a share of the way, or in the metric of one outcome),
    effort in person-weeks, not negative and not certainly 0, and the chance that it works (0–1)."""

    effect: Triangle
    effort: Triangle
    works: float

    @property
    def certain(self) -> bool:
        """Whether what it brings per person-week, where it works, is one number."""
        effect, effort = self.effect, self.effort
        return effect.low == effect.high and (effort.low == effort.high or effect.low == 0)

    @property
    def corners(self) -> Floats:
        """Where the distribution of what it brings is not smooth; may be infinite."""
        effort = self.effort.corners
        with np.errstate(divide="ignore", invalid="ignore"):
            found = (self.effect.corners[:, None] / effort).ravel()
        return np.append(found[~np.isnan(found)], 0.0)

    def below(self, v: Floats) -> Floats:
        """The chance that it brings less than v per person-week where it works, and half of the
        chance of exactly v: P(effect < v · effort), a cubic in effort between corners."""
        effort = self.effort
        if effort.low == effort.high:
            return self.effect.below(v * effort.low)
        with np.errstate(divide="ignore", invalid="ignore"):
            meets = self.effect.corners / v[:, None]
        ends = np.column_stack([np.broadcast_to(effort.corners, (len(v), 3)), np.where(
            np.isnan(meets), effort.low, meets)])
        ends = np.sort(np.clip(ends, effort.low, effort.high), axis=1)
        half, middle = np.diff(ends) / 2, (ends[:, 1:] + ends[:, :-1]) / 2
        at = middle[..., None] + half[..., None] * _CUBIC_NODES
        chance = effort.density(at) * self.effect.below(v[:, None, None] * at)
        return np.asarray((chance * _CUBIC_WEIGHTS * half[..., None]).sum(axis=(1, 2)))


def beats(one: Bet, other: Bet) -> float:
    """The chance (0–1) that one brings more per person-week than the other; ties count half. An
    idea that does not work brings nothing."""
    nothing = np.zeros(1)
    gains, loses = 1 - one.below(nothing)[0], other.below(nothing)[0]
    a, b = one.works, other.works
    return float(a * b * _both_work(one, other) + a * (1 - b) * gains + (1 - a) * b * loses
                 + (1 - a) * (1 - b) / 2)


def whole_percent(chance: float) -> int:
    """A chance (0–1) in whole per cent; halves to the even one, so that both sides of a pair add
    up to 100, and neither 0 nor 100 unless it is certain."""
    chance = round(chance, _DIGITS)
    rounded = round(round(100 * chance, _DIGITS - 2))
    return rounded if chance in (0, 1) else min(max(rounded, 1), 99)


def too_close(percent: int) -> bool:
    """Whether odds in whole per cent are too close to call."""
    return TOO_CLOSE[0] <= percent <= TOO_CLOSE[1]


def _both_work(one: Bet, other: Bet) -> float:
    """The chance that one is greater where both work: ∫ P(one > v) dP(other < v)."""
    if other.certain:
        return float(1 - one.below(_only_value(other))[0])
    if one.certain:
        return float(other.below(_only_value(one))[0])
    v = _nodes(np.concatenate([one.corners, other.corners]))
    more, less = (below.reshape(v.shape) for below in (1 - one.below(v.ravel()),
                                                       other.below(v.ravel())))
    return float((_WEIGHTS * more * (less @ _SLOPE.T)).sum())


def _nodes(corners: Floats) -> Floats:
    """Where both are looked at: a row of increasing values for each piece between corners, of which
    none spans many orders. Beyond the last corner a piece goes on to infinity, where both are
    smooth in 1 / v; how a piece is gone through does not matter to its integral."""
    finite = corners[np.isfinite(corners)]
    sizes = np.abs(finite[finite != 0])  # some are: neither is certain
    orders = np.log10(sizes.max()) - np.log10(sizes.min())
    steps = np.geomspace(sizes.min(), sizes.max(), int(_STEPS * orders) + 2)
    ends = np.unique(np.concatenate([finite, steps, -steps]))
    half, middle, last = np.diff(ends) / 2, (ends[1:] + ends[:-1]) / 2, sizes.max()
    rows = [middle[:, None] + half[:, None] * _NODES]
    if np.isposinf(corners).any():
        rows.append(2 * last / (1 - _NODES)[None])
    if np.isneginf(corners).any():
        rows.append(-2 * last / (1 + _NODES)[None])
    return np.concatenate(rows)


def _only_value(bet: Bet) -> Floats:
    low = bet.effect.low
    return np.array([low / bet.effort.low if low else 0.0])
