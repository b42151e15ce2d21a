"""Paths as PDF path-construction operators (ISO 32000-1, 8.5.2), origin at their lower left."""

from functools import lru_cache

_KAPPA = 0.5523
"""Handle length of a cubic that draws a quarter circle of radius 1."""


def number(value: float) -> str:
    """Write a number as short as PDF allows, to 1/100 point."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def points(*values: float) -> str:
    """Write several numbers."""
    return " ".join([number(value) for value in values])


@lru_cache(maxsize=512)
def rectangle(width: float, height: float) -> str:
    """A rectangle."""
    return f"0 0 {points(width, height)} re"


@lru_cache(maxsize=512)
def horizontal(width: float) -> str:
    """A horizontal line."""
    return f"0 0 m {number(width)} 0 l"


@lru_cache(maxsize=512)
def vertical(height: float) -> str:
    """A vertical line."""
    return f"0 0 m 0 {number(height)} l"


@lru_cache(maxsize=512)
def circle(radius: float) -> str:
    """A circle round the origin."""
    r, k = radius, radius * _KAPPA
    return (
        f"{points(r, 0)} m {points(r, k, k, r, 0, r)} c {points(-k, r, -r, k, -r, 0)} c "
        f"{points(-r, -k, -k, -r, 0, -r)} c {points(k, -r, r, -k, r, 0)} c h"
    )


@lru_cache(maxsize=512)
def rounded(width: float, height: float, radius: float) -> str:
    """A rectangle with round corners."""
    return rounded_band(width, height, radius, radius)


@lru_cache(maxsize=512)
def rounded_band(width: float, height: float, top: float, bottom: float) -> str:
    """A rectangle whose upper and lower corners are rounded differently."""
    w, h, t, b = width, height, top, bottom
    kt, kb = t * (1 - _KAPPA), b * (1 - _KAPPA)
    return (
        f"{points(b, 0)} m {points(w - b, 0)} l {points(w - kb, 0, w, kb, w, b)} c "
        f"{points(w, h - t)} l {points(w, h - kt, w - kt, h, w - t, h)} c "
        f"{points(t, h)} l {points(kt, h, 0, h - kt, 0, h - t)} c "
        f"{points(0, b)} l {points(0, kb, kb, 0, b, 0)} c h"
    )
