"""What a run came to: gathered while it lasts, told in numbers and on a page, compared with earlier runs."""
