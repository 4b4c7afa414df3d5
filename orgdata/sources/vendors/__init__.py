"""The exports of other tools, one module each, recognised by their columns (FORMATS.md)."""

from collections.abc import Iterable
from functools import cache

from orgdata.model.fields import normalise_name
from orgdata.sources.vendors.vendor import Choice, Vendor

__all__ = ["Choice", "Vendor", "recognise", "vendors"]


@cache
def vendors() -> tuple[Vendor, ...]:
    """All tools whose exports we read; imported only once a file is none of our tables."""
    from orgdata.sources.vendors import (
        aha,
        asana,
        azure,
        betterworks,
        clickup,
        culture_amp,
        github,
        ideas,
        jira,
        jira_discovery,
        linear,
        monday,
        notion,
        openproject,
        peoplebox,
        peoplecues,
        plane,
        productboard,
        redmine,
        viva,
    )

    return tuple(tool.VENDOR for tool in (
        aha, asana, azure, betterworks, clickup, culture_amp, github, jira_discovery, jira, linear,
        monday, notion, openproject, peoplebox, peoplecues, plane, productboard, redmine, viva,
        ideas))


def recognise(columns: Iterable[str]) -> Vendor | None:
    """The tool whose export has these columns; None if we know none."""
    names = frozenset(normalise_name(column) for column in columns)
    return next((vendor for vendor in vendors() if vendor.is_export(names)), None)
