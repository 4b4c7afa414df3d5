"""A table on a page: as wide as the page, its cells wrapped, each row a card on a phone."""
