"""Read datelines: the place, date and agency with which a report opens."""
