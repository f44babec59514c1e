"""Read wire credits: which agency a report names as its source, and which it merely mentions."""
