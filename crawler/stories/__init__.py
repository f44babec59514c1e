"""Which articles are one story."""
