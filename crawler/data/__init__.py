"""Knowledge as data: agencies, places, months, junk phrases."""
