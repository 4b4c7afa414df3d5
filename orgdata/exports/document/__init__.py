"""Documents as blocks, and their renderings: HTML, Markdown, PDF."""
