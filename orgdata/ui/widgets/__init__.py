"""Parts that several screens show: tables, figures, lists, forms."""
