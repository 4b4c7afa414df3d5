"""The router, its settings, and how it is run on one's own machine."""

import os
import subprocess

import pytest
import streamlit as st
from streamlit.commands.page_config import _get_favicon_string

from orgdata.docs.generate import ROOT
from tests.pages.conftest import opened  # noqa: F401

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def test_the_icon_of_the_page_is_fetched_from_nobody(opened, monkeypatch):  # noqa: F811
    icons = []
    monkeypatch.setattr(st, "set_page_config", lambda **options: icons.append(options["page_icon"]))
    opened("method")
    assert {_get_favicon_string(icon)[:18] for icon in icons} == {"data:image/svg+xml"}


def test_tables_offer_no_download_of_unguarded_cells():
    assert st.get_option("client.disableDataExport")


@pytest.mark.parametrize(("host", "names"), [(None, LOOPBACK), ("localhost", LOOPBACK),
                                             ("0.0.0.0", set())])
def test_it_runs_for_this_machine_alone_unless_another_address_is_named(host, names):
    environment = {name: value for name, value in os.environ.items() if name != "HOST"}
    told = subprocess.run(["make", "--dry-run", "run"], cwd=ROOT, capture_output=True, text=True,
                          check=True, env=environment | ({"HOST": host} if host else {})
                          ).stdout.split()
    address = host or "127.0.0.1"
    assert {f"--server.address={address}", f"--browser.serverAddress={address}"} <= set(told)
    assert {word.partition("=")[2] for word in told if "allowedHosts" in word} == names
