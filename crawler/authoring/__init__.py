"""What authors of outlets use: proposals, recordings, examinations, re-reading of pages."""
