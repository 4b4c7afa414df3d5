"""Uploading files on the Data page: what they hold, how they are read, opening or saving them."""
