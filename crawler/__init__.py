"""Videsh: read Hindi international news into structured articles."""

__version__ = "0.2.0"
