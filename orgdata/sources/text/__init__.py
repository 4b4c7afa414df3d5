"""Delimited text files as sources: encoding, delimiter, the row of headers."""
