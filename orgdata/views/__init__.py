"""What a page or document says of a portfolio, as values and sentences."""
