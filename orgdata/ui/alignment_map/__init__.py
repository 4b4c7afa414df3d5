"""The alignment map on a page: the table, the evidence of what is picked in it, and the same as a
plain table."""
