"""Project places on the map: the Natural Earth projection, which draws the whole world with little distortion."""

from math import radians

WIDTH = 1000
"""Width of the map; all its lengths are in the units of its viewBox."""
NORTH, SOUTH = 84.0, -57.0
"""Latitudes, in degrees, at which the map ends: nothing is reported from beyond them."""


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y on the map of a point in degrees; y grows to the south.

    The polynomial is Šavrič's and others', "A polynomial equation for the Natural Earth projection" (2011).
    """
    x, y = _plane(latitude, longitude)
    return (x / _plane(0, 180)[0] + 1) * WIDTH / 2, (_plane(NORTH, 0)[1] - y) * _scale()


def height() -> float:
    """Return the height of the map."""
    return (_plane(NORTH, 0)[1] - _plane(SOUTH, 0)[1]) * _scale()


def _scale() -> float:
    return WIDTH / 2 / _plane(0, 180)[0]


def _plane(latitude: float, longitude: float) -> tuple[float, float]:
    p, q = radians(latitude), radians(latitude) ** 2
    x = 0.8707 - 0.131979 * q + q * q * (-0.013791 + q**3 * (0.003971 - 0.001529 * q))
    y = 1.007226 + q * (0.015085 + q * q * (-0.044475 + 0.028874 * q - 0.005916 * q * q))
    return radians(longitude) * x, p * y
