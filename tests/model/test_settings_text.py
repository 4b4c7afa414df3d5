import tomllib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from orgdata.model.schema import TABLES
from orgdata.model.settings import Settings, parse_settings, settings_of
from orgdata.model.settings_text import to_toml


def back(settings: Settings) -> Settings:
    return settings_of(to_toml(settings).encode())


def test_every_section_reads_back():
    settings = parse_settings(tomllib.loads('''
        as_of = 2026-11-20
        managed_level = "product"
        currency = "EUR"
        cadence_days = 14
        pace = "ratio-95-85"
        tables = {products = "dim product"}
        merge = {people = "append"}
        columns = {products = {product_id = "Key", name = "Ünï \\"quoted\\""}}
        values = {assignments = {role = {group_lead = "accountable"}}}
        fixed = {assignments = {role = "accountable"}}
        exports = {viva = {outcomes = "none"}}
        same = {people = {"Ada Park" = "H1"}}
        rules = {OWN04 = {enabled = false, threshold = 110}, KR01 = {enabled = false}}
        '''))
    assert back(settings) == settings


def test_defaults_say_little():
    assert to_toml(Settings()) == 'cadence_days = 7.0\npace = "difference"\n'


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(st.sampled_from(sorted(TABLES)), st.dictionaries(words, words)))
def test_any_words_read_back(pairs):
    settings = replace(Settings(), same={t: p for t, p in pairs.items() if p})
    assert back(settings) == settings
