"""settings.toml: what it can say, and one clear line for what it cannot."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdata.model import toml
from orgdata.model.accepted import Accepted
from orgdata.model.schema import TABLES
from orgdata.model.settings import (
    PACE_PRESETS,
    RuleSettings,
    Settings,
    SettingsError,
    parse_settings,
    read_settings,
    settings_of,
)
from orgdata.model.settings_text import to_toml
from tests.csv_folders import findings, opened

EVERYTHING = """
as_of = "2026-11-20"
managed_level = " product "
currency = "EUR"
cadence_days = 14
confidence_scale = 5
fiscal_year_start = 7
pace = "ratio-90-75"
[tables]
Products = "dim product"
[columns."key results"]
kr_type = "direction"
[values.assignments.role]
"Group Lead" = "accountable"
[values.outcomes.status]
1 = "active"
[rules.own04]
enabled = false
threshold = 110
[words]
outcome = " Big  bet"
product = ["Initiative", "Initiatives"]
"""


def _read(tmp_path, text: str | bytes):
    path = tmp_path / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path)


def test_everything_a_file_can_say(tmp_path):
    assert _read(tmp_path, EVERYTHING) == Settings(
        as_of=date(2026, 11, 20), managed_level="product", currency="EUR", cadence_days=14.0,
        confidence_scale=5, fiscal_year_start=7, pace="ratio-90-75",
        tables={"products": "dim product"}, columns={"key_results": {"kr_type": "direction"}},
        values={"assignments": {"role": {"group_lead": "accountable"}},
                "outcomes": {"status": {"1": "active"}}},
        rules={"OWN04": RuleSettings(False, 110.0)},
        words={"outcome": ("Big bet", "Big bets"), "product": ("Initiative", "Initiatives")},
        file=str(tmp_path / "settings.toml"))


def test_nothing_said(tmp_path):
    settings = _read(tmp_path, "\ufeff# only a comment, after a byte order mark\n")
    assert (settings.cadence_days, settings.pace, settings.as_of) == (7, PACE_PRESETS[0], None)
    assert settings.rule("OUT01") == RuleSettings()


@pytest.mark.parametrize("written", ['"2026-11-20"', "2026-11-20", "2026-11-20T08:00:00"])
def test_as_of_in_each_form(tmp_path, written):
    assert _read(tmp_path, f"as_of = {written}").as_of == date(2026, 11, 20)


@pytest.mark.parametrize(("text", "said"), [
    ('as_of = "soon"', "as_of should be YYYY-MM-DD, found 'soon'"),
    ("as_of = 5", "as_of should be YYYY-MM-DD, found 5"),
    ('currency = "USD. Say yes"', "currency has at most 10 characters"),
    ('as_of = "0001-01-01"', "as_of should be between 1900-01-01 and 2199-12-31, found '0001-01-01'"),
    ("as_of = 9999-12-31", "as_of should be between 1900-01-01 and 2199-12-31, found"),
    ("as_of = 9999-12-31T23:59:59", "as_of should be between 1900-01-01 and 2199-12-31, found"),
    ("cadence_days = 0", "cadence_days should be above 0 and below a million, found 0"),
    ("confidence_scale = 7", "confidence_scale should be one of 10, 5, 1, 100, found 7"),
    ("confidence_scale = true", "confidence_scale should be one of 10, 5, 1, 100, found True"),
    ("fiscal_year_start = 13", "fiscal_year_start should be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "
     "11, 12, found 13"),
    ('cadence_days = "7"', "cadence_days should be above 0 and below a million, found '7'"),
    ("cadence_days = true", "cadence_days should be above 0 and below a million, found True"),
    ("cadence_days = nan", "cadence_days should be above 0 and below a million, found nan"),
    ("cadence_days = inf", "cadence_days should be above 0 and below a million, found inf"),
    ('pace = "fast"', "pace should be one of difference"),
    ('tables = "x"', "[tables] should be a section, found 'x'"),
    ("[columns]\nproducts = 1", "[products] should be a section, found 1"),
    ('[rules.OUT01]\nenabled = "no"', "rules.OUT01.enabled should be true or false, found 'no'"),
    ('[rules.OUT01]\nthreshold = "x"', "rules.OUT01.threshold should be a number up to 1e+15, found 'x'"),
    *((f"[rules.OUT01]\nthreshold = {written}", f"threshold should be a number up to 1e+15, found {found}")
      for written, found in (("true", "True"), ("inf", "inf"), ("-inf", "-inf"), ("nan", "nan"),
                             ("1e308", "1e+308"), ("-1e308", "-1e+308"), ("1000000000000001", "1000"))),
    *((f"[rules.OUT01]\nthreshold = {number}", "cannot be read: a whole number of more than 64 bits")
      for number in ("1" + 400 * "0", "0x" + 4_000 * "f", "-" + 20 * "9", "[{a = 99999999999999999999}]")),
    ("a = " + 3_000 * "[" + 3_000 * "]", "lists or sections stand too deep in one another"),
    ("a = " + 3_000 * "{a = " + "1" + 3_000 * "}", "lists or sections stand too deep in one another"),
    ("\na" + 8 * ".a" + " = 1", "line 2: a key of more than 8 parts"),
    ("b = {a" + 8 * ' . "x.y"' + " = 1}", "line 1: a key of more than 8 parts"),
    ("[a" + 8 * ".a" + "]", "line 1: a key of more than 8 parts"),
    ("#" * 65_537, "it has 65,537 bytes; at most 65,536 are read"),
    (f"tables = '{1_000 * 'x'}'", "[tables] should be a section, found 'xxx"),
    *((written.format("'postgresql://ada:sesame@host/db'"), "found a URL") for written in (
        "tables = {}", "as_of = {}", "pace = {}", "fiscal_year_start = [{}]", "[merge]\nproducts = {{a = {}}}",
        "[words]\nproduct = {}", "[rules.OUT01]\nthreshold = {}", "[documents]\naddress = {}",
        "[write_back]\nurl = 'sqlite:///x.db'\ntables = {}")),
    ("documents = 1", "[documents] should be a section, found 1"),
    ("[documents]\ntemplate = 5", "documents.template should be the name of a PowerPoint file, found 5"),
    ("[documents]\ntemplate = ' '", "documents.template should be the name of a PowerPoint file"),
    ("[documents]\naddress = 'javascript:alert(1)'", "documents.address should be where the "
     "dashboard is, like https://dashboard.our.example, found 'javascript:alert(1)'"),
    ("[documents]\naddress = 'https://x.example/?q=1'", "documents.address should be where"),
    *((f"[write_back]\n{written}", f"write_back{message}") for written, message in (
        ("tables = {products = ['fte']}", ".url should be the URL of a database, or environment:NAME "
         "for one in a variable"),
        ("url = 'secret'", ".url should be the URL of a database"),
        ("url = 'environment:MY URL'", ".url should be the URL of a database"),
        ("url = 'sqlite:///x.db'", ".tables should name tables and their columns, like {products = "
         "[\"annual_spend\"]}, found None"),
        ("url = 'sqlite:///x.db'\nall = true\ntables = {products = ['fte']}",
         " has url and tables, found 'all'"),
        ("url = 'sqlite:///x.db'\ntables = {teams = ['fte']}",
         ".tables.teams is no table; expected one of people, "),
        ("url = 'sqlite:///x.db'\ntables = {products = 'fte'}",
         ".tables.products should be a list of columns, found 'fte'"),
        ("url = 'sqlite:///x.db'\ntables = {products = ['size']}",
         ".tables.products names 'size', which is no column of products; expected some of product_id, "))),
    ("write_back = 1", "[write_back] should be a section, found 1"),
    ('layouts = "0a1b"', "layouts should be a list, found '0a1b'"),
    *((f"[words]\noutcome = {written}", "words.outcome should be a word of up to 30 letters, or a "
       f"list of two, for one and for several, found {written}") for written in (
           "''", "' '", "5", "[]", "['Goal', 5]", "['a', 'b', 'c']", f"'{31 * 'x'}'", "'**Goal**'",
           "'Goal/bet'", "'1st'", "'Goal-'", "'<b>'", "'big_bet'")),
    ("words = 'Goal'", "[words] should be a section, found 'Goal'"),
    ("[words]\noutcome = 'Objective'", "words.outcome should not be 'objective': outcome and "
     "objective would have one name"),
    ("[words]\noutcome = 'Goal'\nobjective = ['Aim', 'goals']", "words.objective should not be "
     "'goals': outcome and objective would have one name"),
    ("as_of = ", "settings.toml cannot be read"),
    (b"currency = \"\xe9\"", "settings.toml cannot be read"),
    (b"\x89PNG\r\n", "settings.toml cannot be read"),
])
def test_what_cannot_be_used_is_one_clear_line(tmp_path, text, said):
    with pytest.raises(SettingsError) as error:
        _read(tmp_path, text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300 + len(str(tmp_path))


def test_dots_in_texts_comments_and_numbers_part_no_key():
    dots = "a" + 20 * ".a"
    content = toml.parse(f'''# {dots}
"{dots}" = "{dots}\\"{dots}" # {dots}
a."{dots}".b = [1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 0.5]
b = """{dots}""{dots}
{dots}\\""""
'''.encode() + f"c = '''{dots}'{dots}'''\nd = '{dots}'\ne.e.e.e.e.e.e.e = 1".encode())
    assert set(content) == {dots, "a", "b", "c", "d", "e"}
    assert content["b"] == f'{dots}""{dots}\n{dots}"'


def test_what_we_wrote_ourselves_may_be_longer(tmp_path):
    settings = Settings(same={"people": {f"Person {number}": f"H{number}" for number in range(5_000)}})
    written = to_toml(settings).encode()
    assert settings_of(written, longest=toml.OWN_LONGEST) == settings
    with pytest.raises(SettingsError, match="at most 65,536 are read"):
        settings_of(written)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(SettingsError, match="does not exist"):
        read_settings(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(tmp_path)


def test_keys_nobody_reads_are_said(tmp_path):
    settings = parse_settings({"asof": 1, "tables": {"budget": "b"}, "columns": {"x": {}},
                               "values": {"y": {}}, "words": {"team": "Squad"}})
    assert settings.unknown_keys == ("asof", "words.team", "tables.budget", "columns.x", "values.y")
    portfolio = opened(tmp_path, "colour = 1\n[tables]\nproducts = 'gone'\n"
                       "[columns.people]\nhat = 'name'\nemail = 'mail'\n",
                       people="person_id,name\nH1,A\n")
    assert findings(portfolio.problems) == [
        ("warning", "people", None, "hat", "unknown_column"),
        ("warning", "people", None, "email", "unknown_column"),
        ("warning", "products", None, None, "unknown_table"),
        ("information", "settings", None, "colour", "unknown_column")]


@pytest.mark.parametrize("ours", ["tables", "columns", "values", "rules"])
def test_a_section_that_is_none(ours):
    with pytest.raises(SettingsError, match=ours):
        parse_settings({ours: ["x"]})


def test_a_template_lies_beside_the_file_that_names_it(tmp_path):
    settings = _read(tmp_path, '[documents]\ntemplate = "brand/our.pptx"\nlogo = "x"\n')
    assert settings.template == tmp_path / "brand" / "our.pptx"
    assert settings.unknown_keys == ("documents.logo",)


def test_settings_that_anyone_may_have_written_name_no_file_of_this_machine():
    settings = settings_of(b'[documents]\ntemplate = "/etc/passwd"', "an upload, settings.toml")
    assert settings.template is None
    assert settings.unknown_keys == ("documents.template",)


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
        answers = {"goal: NRR \\"net\\"" = "Grow NRR to 112 %", "column: Größe" = "none"}
        layouts = ["0a1b", "2c3d"]
        words = {outcome = "Objective", objective = ["Aim", "Aims"]}
        rules = {OWN04 = {enabled = false, threshold = 110}, KR01 = {enabled = false}}
        accept = {"OUT03:O2" = {until = 2027-01-31, reason = "so \\"be\\" it"}, "PRD01:é" = {until = "2026-12-01", reason = "x"}}
        '''))
    assert settings.accept["PRD01:é"] == Accepted(date(2026, 12, 1), "x")
    assert back(settings) == settings


def test_a_template_reads_back_from_any_folder(tmp_path):
    settings = _read(tmp_path, '[documents]\ntemplate = "our.pptx"')
    other = tmp_path / "other"
    other.mkdir()
    assert _read(other, to_toml(settings)).template == tmp_path / "our.pptx"


def test_defaults_say_little():
    assert to_toml(Settings()) == 'cadence_days = 7.0\npace = "difference"\n'


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(st.sampled_from(sorted(TABLES)), st.dictionaries(words, words)))
def test_any_words_read_back(pairs):
    settings = replace(Settings(), same={t: p for t, p in pairs.items() if p})
    assert back(settings) == settings


def test_an_address_is_read_from_a_file_of_the_server_alone(tmp_path):
    written = '[documents]\naddress = "https://dashboard.example/board/"\n'
    settings = _read(tmp_path, written)
    assert settings.address == "https://dashboard.example/board"
    assert _read(tmp_path, to_toml(settings)).address == settings.address
    settings = settings_of(written.encode(), "an upload, settings.toml")
    assert (settings.address, settings.unknown_keys) == ("", ("documents.address",))


def test_what_may_be_written_is_read_from_a_file_of_the_server_alone_and_passed_on_by_none(tmp_path):
    written = ("[write_back]\nurl = 'postgresql://ada:hush@host/x'\n"
               "tables = {Products = ['Annual Spend', 'fte']}\n")
    settings = _read(tmp_path, written)
    assert settings.write_back.tables == {"products": {"annual_spend", "fte"}}
    assert settings.write_back.url == "postgresql://ada:hush@host/x"
    assert "hush" not in repr(settings) + to_toml(settings)
    settings = settings_of(written.encode(), "an upload, settings.toml")
    assert (settings.write_back, settings.unknown_keys) == (None, ("write_back",))
