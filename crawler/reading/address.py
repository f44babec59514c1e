"""Addresses: which URL is the article's own, and which addresses are the same article."""
