"""The house keeps its order (see CONTRIBUTING.md): imports go one way, and each library has its room."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the ground up. A module imports from its own room and from those before it, nothing else.
# The one assembly stands right above the store: all that shows, compares or passes on what was
# found takes an Evaluation, and cannot make one in another way.
ROOMS = (
    "formats model tabular sources validate upload measures edits load gaps store evaluation access private "
    "demo changes views charts exports docs api cli ui pages serve"
).split()
LIBRARIES = {  # where each may be imported; nowhere else
    "streamlit": {"ui", "pages", "serve"},
    "starlette": {"serve"},
    "prometheus_client": {"ui/shell/metrics", "serve/metrics"},
    "mcp": {"api"},
    "typer": {"cli"},
    "plotly": {"charts"},
    "sqlalchemy": {"sources/sql", "store", "private"},
    "cryptography": {"private/sealed"},
    "alembic": {"store"},
    "psycopg": {"store/column_types"},  # how it reads dates that Python lacks
    "python_calamine": {"sources/excel"},
    "xlsxwriter": {"upload/template", "exports"},
    "pptx": {"exports/deck"},
    "rapidfuzz": {"sources/intake/names", "sources/intake/people"},
    "itsdangerous": {"access/letter_links"},
    "urllib.request": {"exports/send"},
    "smtplib": {"exports/send"},
    "typst": {"exports/document"},
    "jinja2": {"exports/document"},
    "tomli_w": {"model/settings_text"},
    "lxml": {"exports/deck/make_template"},
}
VAGUE = {"utils", "util", "helpers", "common", "base", "core", "services", "manager"}
CLOCKS = {"today", "now", "utcnow"}  # as in date.today()
EDGE = {"ui", "cli", "pages"}  # who may look at the clock

FILES = sorted([*ROOT.glob("orgdata/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "dashboard.py"])


def place(path: Path) -> str:
    """A file's place below orgdata, without its suffix; the router is one of the pages."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "/".join(parts[1:]) if parts[0] == "orgdata" else "pages"


def room(path: Path) -> str:
    return place(path).split("/")[0]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(tree: ast.AST) -> set[str]:
    """Every module a file imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package, never a dot"
            names |= {f"{node.module}.{one.name}" for one in node.names}
    return names


def rooms_used(names: set[str]) -> set[str]:
    return {name.split(".")[1] for name in names
            if name.startswith("orgdata.") and name != "orgdata.METHOD_VERSION"}


def wrong_imports(here: str, names: set[str]) -> set[str]:
    """The rooms a module of the room `here` uses though they do not stand below it."""
    below = ROOMS[:ROOMS.index(here) + 1]
    return rooms_used(names) - set(below)


def trees():
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in FILES
            if place(path) not in ("__init__", "__main__")]


@pytest.mark.parametrize("path", trees())
def test_every_module_has_its_place(path):
    assert room(path) in ROOMS, f"say in ROOMS where {room(path)} stands"
    assert not VAGUE & set(place(path).split("/"))


@pytest.mark.parametrize("path", trees())
def test_imports_go_one_way(path):
    assert wrong_imports(room(path), imported(parsed(path))) == set()


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_lives_in_its_room(library):
    users = {place(path) for path in FILES
             if any(f"{name}.".startswith(f"{library}.")
                    for name in imported(parsed(path)))}
    assert {one for one in users
            if not any(f"{one}/".startswith(f"{home}/") for home in LIBRARIES[library])} == set()


def test_there_is_one_way_to_measures_and_gaps():
    """Whoever measured or judged on its own would not know of corrections or of history. What
    made a headline change is measured step by step, of two portfolios already evaluated."""
    wanted = {"orgdata.measures.align": {"evaluation"},
              "orgdata.measures.headlines": {"changes/split"},
              "orgdata.gaps.find_gaps": {"evaluation"}}
    for name, homes in wanted.items():
        assert {place(path) for path in FILES
                if name in imported(ast.parse(path.read_text("utf-8")))} == homes


@pytest.mark.parametrize("path", trees())
def test_only_the_edge_looks_at_the_clock(path):
    asked = {node.func.attr for node in ast.walk(parsed(path))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
             and isinstance(node.func.value, ast.Name)
             and node.func.value.id in ("date", "datetime") and node.func.attr in CLOCKS}
    assert not asked or room(path) in EDGE


def test_a_wrong_import_is_noticed():
    """The guard itself: it sees an import inside a function, and one of a whole module."""
    sly = ast.parse("def f():\n    from orgdata.gaps.rule import RULES\n    import orgdata.ui.frame\n")
    assert wrong_imports("measures", imported(sly)) == {"gaps", "ui"}
    assert wrong_imports("pages", imported(sly)) == set()


@pytest.mark.parametrize("path", sorted(ROOT.glob("pages/*.py")), ids=lambda path: path.stem)
def test_each_page_shows_the_screen_of_its_name(path):
    """What a page shows is in its screen: the page decides nothing."""
    tree = ast.parse(path.read_text("utf-8"))
    assert f"orgdata.ui.screens.{path.stem}" in imported(tree)
    assert {type(node) for node in tree.body} <= {ast.Expr, ast.Assign, ast.ImportFrom, ast.Import}


def names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


@pytest.mark.parametrize("path", [path for path in FILES if room(path) == "ui"], ids=place)
def test_what_pages_show_is_cached_by_one_way_and_draws_nothing(path):
    """What is read from a source or the store is held by Streamlit; nothing else has a cache of
    its own, and a cached function neither draws nor asks what only the session knows."""
    tree = ast.parse(path.read_text("utf-8"))
    decorated = {node.name: {name for one in node.decorator_list for name in names_in(one)}
                 for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    drawn = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and any(
        ast.unparse(one).startswith(("st.fragment", "st.dialog(")) for one in node.decorator_list)}
    reads = {"ui/shell/source", "ui/shell/server", "ui/shell/store", "ui/shell/wanted",
             "ui/shell/edited", "ui/shell/seen", "ui/upload/files", "ui/upload/tab_source"}
    own = {name for name, by in decorated.items() if by & {"st", "cache", "lru_cache"}
           and name not in drawn}
    assert not own or place(path) in reads
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and "cached" in decorated[node.name]:
            asked = names_in(node) - {one.arg for one in node.args.args}
            assert not asked & {"st", "dark", "os", "datetime"}, node.name


def test_a_part_of_a_page_that_is_run_by_itself_asks_first_whose_it_is():
    """It is drawn from what its reader might see when the page was, and they may not any more."""
    parts = {}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(ast.unparse(one).startswith(
                    ("st.fragment", "st.dialog")) for one in node.decorator_list):
                first = node.body[1 if ast.get_docstring(node) else 0]
                parts[f"{place(path)} {node.name}"] = ast.unparse(first)
    assert len(parts) == 3
    assert set(parts.values()) == {"rights.hold(view.rights)"}


THEIRS = {"correct", "undo", "accept", "decline", "adopt", "change_gap"}  # what a store is told of somebody's own


def written_otherwise(tree: ast.AST) -> list[str]:
    """The calls that write what is somebody's own in a function that is not handed to one of those
    which ask first whose it is by now."""
    asked = {one.id for node in ast.walk(tree) if isinstance(node, ast.Call)
             and ast.unparse(node.func) in ("whose.write", "whose.write_about")
             for one in node.args if isinstance(one, ast.Name)}
    safe = {call for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in asked
            for call in ast.walk(node)}
    return [node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and node not in safe
            and isinstance(node.func, ast.Attribute) and node.func.attr in THEIRS
            and ast.unparse(node.func.value) == "open_store"]


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in ("ui", "pages")], ids=place)
def test_what_is_somebodys_own_is_written_once_it_is_asked_whose_it_is(path):
    assert written_otherwise(parsed(path)) == []


def test_an_entry_that_nobody_asked_about_is_noticed():
    """The guard itself: it sees one in a function, and one handed over as it is."""
    sly = ast.parse("def f(open_store):\n    open_store.accept(1)\nstore.write(f)\n"
                    "store.write(lambda open_store: open_store.undo(1))\n")
    assert written_otherwise(sly) == ["accept", "undo"]
