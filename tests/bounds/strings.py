"""Strings to fill a field with: a reader that looks back or ahead takes quadratic time for them."""

STRINGS: dict[str, str] = {
    # The eight worst of 30 strings in 37 fields, before fields had limits.
    "blanks": " ",
    "dashes": "- ",
    "brackets": "(",
    "commas": ", ",
    "comment ends": "--> ",
    "combining signs": "ि",
    "digits": "9",
    "links to read": "यह भी पढ़ें: ((",
    # A reader that cuts a name and begins again.
    "names of the outlet": " - खबर",
    # Others.
    "lines": "\n",
    "tabs": "\t",
    "spaces without a width": "\u200b",
    "joiners": "क\u200d",
    "viramas": "क्",
    "nuktas": "\u093c",
    "right to left": "\u202e",
    "isolates": "\u2066",
    "Arabic": "ا ",
    "no-break spaces": "\u00a0",
    "dandas": "। ",
    "full stops": ". ",
    "colons": ": ",
    "slashes": "/",
    "backslashes": "\\",
    "quotes": "\"'",
    "angles": "<",
    "tags": "<b>",
    "tags left open": "<a b=",
    "closing brackets": ")]",
    "ampersands": "&",
    "references": "&amp;#38;",
    "Latin letters": "aA0_",
    "Hindi words": "का ",
    "places": "नई दिल्ली, ",
    "agencies": "(एपी) ",
    "inputs": "एपी के इनपुट से ",
    "feeds": "syndicated feed ",
    "dates": "12 जून 2024 ",
    "times": "10:00 ",
    "years": "2024",
    "bylines": "by ",
    "photos": "फोटो: ",
    "pages": "page-1-",
    "percents": "%E0%A4",
    "mojibake": "à¤",
    "emoji": "😀",
    "braces": '{"a":',
    "lists": "[",
    "CDATA": "<![CDATA[",
    "stars": "*a",
    "addresses": "http://a@b.",
}
WORST = tuple(STRINGS)[:9]


def pumped(name: str, size: int) -> str:
    """Return the named string repeated to `size` characters."""
    piece = STRINGS[name]
    return (piece * (size // len(piece) + 1))[:size]
