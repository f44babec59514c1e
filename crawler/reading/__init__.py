"""A page in, an article out: JSON-LD, the outlet's selectors, meta tags, then the generic reader."""
