"""Group articles that print the same report into stories, and find the original of each."""
