"""Count the words of a text."""


def count_words(text: str) -> int:
    """Return how many words a text has: what stands between white space and holds a letter or a digit.

    >>> count_words("पुल – 312 मीटर लंबा – खुला।")
    5
    """
    words = text.split()
    return len(words) - sum(not any(map(str.isalnum, word)) for word in words if not word[0].isalnum())
