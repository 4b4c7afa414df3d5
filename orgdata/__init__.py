"""Portfolio alignment: from a product organisation's own tables to measures and gaps."""

METHOD_VERSION = "2"
