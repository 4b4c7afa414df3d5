"""Gaps as rows on a page: each opens in place to its evidence and next step, and leads to where it
is settled."""
