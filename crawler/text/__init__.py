"""Readers of Hindi text: pure functions from text to small frozen values; they import the standard library only."""
