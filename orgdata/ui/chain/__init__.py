"""The chain from a product to company outcomes, drawn in the page's own look."""
