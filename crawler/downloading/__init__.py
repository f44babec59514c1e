"""How pages are fetched: politely, within bounds, from the outlet's own addresses only."""
