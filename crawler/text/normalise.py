"""Two forms of a text: the one we print (NFC) and the one we compare (folded)."""
