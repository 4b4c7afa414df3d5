"""What other programs get at each door with each role: the numbers of the report and the page, what
is for the role, and nothing else. A real server, real HTTP, and the client of the protocol's SDK."""

import csv
import io
import json
import threading
from contextlib import ExitStack, asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import httpx
import httpx2
import mcp
import pytest
import uvicorn
from jsonschema import Draft202012Validator
from mcp.client.streamable_http import streamable_http_client
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from orgdata.api.answers import report
from orgdata.api.openapi import body_schema, document
from orgdata.api.resources import RESOURCES
from orgdata.evaluation import evaluate
from orgdata.load import load_for
from orgdata.serve import bearers, calendars, hosts, rest
from orgdata.serve.assistants import Assistants
from orgdata.serve.bearers import Bearers
from orgdata.store import SavedSource, Store, Token, source_key
from orgdata.ui.shell import seen, source
from orgdata.ui.shell import store as store_of_pages
from orgdata.ui.shell.pace import Pace
from orgdata.views.headlines import headlines
from tests import apart, canaries
from tests.pages.conftest import clear_caches
from tests.pages.rights.conftest import remember
from tests.pages.rights.shown_to import EVERYTHING, GROWTH, KEYS, MAY

AT = datetime.now(UTC)
ROLES = {"head": ("head", {}), "leadership": ("leadership", {}), "pm": ("pm", {"person": "H1"}),
         "deputy": ("pm", {"person": "H6"}), "partner": ("partner", {"function": "Sales"}), "viewer": ("viewer", {})}
MUST = {"head": {"qzresulttwo", "qzdecisiontwo", "qzstatetwo", "qzscenario", "OWN04:H4", *canaries.OWNERSHIP},
        "leadership": {"qzresulttwo", "qzdecisionofall", "qzscenario", "qzstatetwo"},
        "pm": {"qzresultone", "qzdecisionone", "qzstateone", "PRG05:K1"}, "partner": {"qzaskone", "qzasktwo"},
        "viewer": set()}
MUST["deputy"] = MUST["pm"]
OPEN_TO = {"head": {one.name for one in RESOURCES}, "viewer": {"headlines", "outcomes", "map", "key_results", "rules"}}
OPEN_TO["leadership"] = OPEN_TO["head"] - {"report"}
OPEN_TO["partner"] = OPEN_TO["viewer"] | {"gaps", "gap", "patterns", "decisions"}
OPEN_TO["pm"] = OPEN_TO["deputy"] = OPEN_TO["partner"] | {"products"}
TOOLS = [("portfolio_summary", {}), ("find_gaps", {"most": 50}), ("who_serves", {"outcome": "O1"}),
         ("who_serves", {"outcome": "O2"}), ("what_is_it_for", {"product": "P1"}),
         ("what_is_it_for", {"product": "P2"}), ("what_changed", {}), ("search", {"query": "qz"}),
         ("search", {"query": "K2"}), ("weekly_brief", {}), ("rules", {}), ("rules", {"code": "OWN04"}),
         ("try_change", {"verb": "retire product", "arguments": {"product_id": "P2"}}),
         *(("try_change", {"verb": "set", "arguments": {"table": table, "key": key, "column": column, "value": "x"}})
           for table, key, column in (("check_ins", {"kr_id": "K2", "date": "2026-11-15"}, "note"),
                                      ("people", {"person_id": "H2"}, "email"),
                                      ("products", {"product_id": "P2"}, "role_statement"))),
         *(("explain", {"of": key}) for key in (*KEYS, "K1", "K2", "P1", "P2", "O1", "O2"))]


@contextmanager
def serving():
    """The doors of `make serve`, without the pages; yields their address."""
    assistants = Assistants()

    async def lifespan(_):
        async with assistants.running():
            yield

    app = Starlette(lifespan=asynccontextmanager(lifespan), routes=[
        Mount(hosts.API, Bearers(rest.app(), frozenset({"GET", "HEAD"}))),
        Route(calendars.PATH, calendars.answer),
        Route(hosts.MCP, Bearers(assistants, frozenset({"POST"})))],
        middleware=[Middleware(hosts.AllowedHosts, names=frozenset())])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """A server on the company of canaries with all that is kept of it, and a token for each role."""
    folder = tmp_path_factory.mktemp("programs")
    company, url = canaries.company(folder / "company"), f"sqlite:///{folder}/store.sqlite"
    with ExitStack() as until_end:
        patch = until_end.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("ORGDATA_SOURCE", str(company))
        patch.setenv("ORGDATA_STORE", url)
        for name, value in canaries.private(f"sqlite:///{folder}/private.sqlite").items():
            patch.setenv(name, value)
        clear_caches()
        store = until_end.enter_context(Store.open(url))
        address = until_end.enter_context(serving())
        client = until_end.enter_context(httpx.Client(base_url=address, timeout=120))
        off = [client.get("/api/v1/headlines"), client.post("/mcp", json={})]
        kept = remember(store, company, folder)
        key = source_key(str(company))
        made = {name: store.make_token(Token(
            key, name, role, "Head", AT, AT + timedelta(days=9), **of)) for name, (role, of) in ROLES.items()}
        portfolio, day = load_for(str(company), None, None, date.today(), store.edits(key))
        yield SimpleNamespace(
            client=client, address=address, store=store, key=key, off=off, scenario=kept.scenario,
            evaluation=evaluate(portfolio, day, store, key), ids={name: one.id for name, (one, _) in made.items()},
            texts={name: text for name, (_, text) in made.items()})
        clear_caches()


@pytest.fixture(scope="module", params=ROLES)
def asked(request, door):
    """All that one role gets at every door."""
    role = request.param
    said, status = {}, {}
    for one in RESOURCES:
        for path in [one.path] if one.name != "gap" else [f"/gaps/{key}" for key in KEYS]:
            answer = got(door, path, role)
            status.setdefault(one.name, set()).add(answer.status_code)
            said[path] = answer
            if one.is_list:
                said[path, "csv"] = got(door, path, role, accept="text/csv")
    return SimpleNamespace(role=role, said=said, status=status, tools=apart.run(through_sdk(door, role)))


def got(door, path, role, **headers):
    return door.client.get(f"/api/v1{path}", headers={
        "authorization": f"Bearer {door.texts[role]}", **headers})


async def through_sdk(door, role):
    async with (httpx2.AsyncClient(headers={"authorization": f"Bearer {door.texts[role]}"},
                                   timeout=120) as http,
                mcp.Client(streamable_http_client(f"{door.address}/mcp", http_client=http)) as client):
        answers = {(name, *map(str, arguments.values())): await client.call_tool(name, arguments)
                   for name, arguments in TOOLS}
        tools = {one.name for one in (await client.list_tools()).tools}
        prompts = {one.name for one in (await client.list_prompts()).prompts}
        method = (await client.read_resource("portfolio://method")).contents[0].text
        return SimpleNamespace(answers=answers, tools=tools, prompts=prompts, method=method)


def test_nothing_is_there_before_a_token_is_made(door):
    assert [answer.status_code for answer in door.off] == [404, 404]


def test_each_role_gets_what_is_for_it_and_nothing_else(asked):
    text = "\n".join([*(answer.text for answer in asked.said.values()), *(
        content.text for answer in asked.tools.answers.values() for content in answer.content)])
    found = {word for word in EVERYTHING if word in text}
    assert found - (MAY[asked.role] - GROWTH) == set()  # no program gets it for its owner, either
    assert MUST[asked.role] - found == set()


def test_each_role_gets_at_what_its_pages_show(asked):
    opened = {name for name, status in asked.status.items() if 403 not in status}
    assert opened == OPEN_TO[asked.role]
    assert {status for name in opened - {"gap"} for status in asked.status[name]} == {200}
    assert all(asked.status[name] == {403} for name in asked.status.keys() - opened)


def test_the_numbers_are_those_of_the_report_and_the_page(asked, door):
    whole = report(door.evaluation.alignment, door.evaluation.gaps)
    page = {one.key: one.total for one in headlines(door.evaluation.alignment, door.evaluation.gaps)}
    over_mcp = asked.tools.answers["portfolio_summary",].structured_content["answer"]["headlines"]
    told = asked.said["/headlines"].json()["item"]["headlines"]
    assert told == over_mcp
    assert {**told, "gaps": 0} == json.loads(json.dumps({**whole["headlines"], "gaps": 0}, default=float))
    assert sum(told["gaps"].values()) == page["gaps"]
    assert told["aligned_products"] == page["aligned"]
    for path, name in (("/outcomes", "outcomes"), ("/products", "products"), ("/map", "links"),
                       ("/key-results", "key_results"), ("/gaps", "gaps")):
        if asked.said[path].status_code == 200:
            rows = {same(row) for row in json.loads(json.dumps(whole[name], default=float))}
            listed = [{key: row[key] for key in whole[name][0]} for row in asked.said[path].json()["items"]]
            assert {same(row) for row in listed} <= rows
            if name in ("outcomes", "products", "links") or asked.role == "head":
                assert len(listed) == len(whole[name])


def same(row):
    return json.dumps(row, sort_keys=True)


def test_csv_has_the_same_cells(asked):
    for one in RESOURCES:
        answer = asked.said.get((one.path, "csv"))
        if answer is None or answer.status_code != 200:
            continue
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        items = asked.said[one.path].json()["items"]
        assert len(rows) == len(items)
        for row, item in zip(rows, items, strict=True):
            for name, value in item.items():
                if isinstance(value, dict):
                    assert {key: row[f"{name}.{key}"] for key in value} == {
                        key: "" if cell is None else str(cell) for key, cell in value.items()}
                elif isinstance(value, str):
                    assert row[name].removeprefix("'") == value.removeprefix("'")
                elif isinstance(value, float):
                    assert float(row[name]) == value


def test_every_answer_is_what_the_document_says(asked):
    components = {"components": document()["components"]}
    for one in RESOURCES:
        for path, answer in asked.said.items():
            if isinstance(path, str) and (path == one.path or (one.name == "gap" and path.startswith("/gaps/"))):
                schema = body_schema(one) if answer.status_code == 200 else {
                    "$ref": "#/components/schemas/Problem"}
                Draft202012Validator(schema | components).validate(answer.json())


def test_an_assistant_has_the_same_tools_and_is_told_what_is_not_for_it(asked):
    assert len(asked.tools.tools) == 10
    assert asked.tools.prompts == {"weekly_review", "brief_me"}
    assert "Coverage" in asked.tools.method or "coverage" in asked.tools.method
    refused = {key[0] for key, answer in asked.tools.answers.items() if answer.is_error and (
        "not for the role" in answer.content[0].text)}
    may = OPEN_TO[asked.role]
    assert refused == {tool for tool, of in {
        "find_gaps": "gaps", "what_is_it_for": "products", "what_changed": "changes",
        "weekly_brief": "changes", "try_change": "scenarios"}.items() if of not in may}


# -- who is let in ---------------------------------------------------------------------------------

def wrong_tokens(door):
    """Texts of no use, and one each that is expired, revoked, and of another source."""
    past = AT - timedelta(days=9)
    token = Token(door.key, "x", "head", "Head", past, past + timedelta(days=1))
    expired, revoked, foreign = (door.store.make_token(one) for one in (
        token, Token(door.key, "x", "head", "Head", AT, AT + timedelta(days=1)),
        Token("another", "x", "head", "Head", AT, AT + timedelta(days=1))))
    door.store.revoke_token(revoked[0].id, "Head", AT)
    return ["", "x", door.texts["head"][:-1], door.texts["head"] + "x", "orgdata_" + "x" * 43,
            expired[1], revoked[1], foreign[1]]


def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(door):
    answers = [door.client.request(method, path, headers={"authorization": f"Bearer {text}".strip()})
               for text in wrong_tokens(door) for method, path in (
                   ("GET", "/api/v1/headlines"), ("GET", "/api/v1/nothing"), ("POST", "/mcp"),
                   ("DELETE", "/api/v1/gaps"), ("GET", "/api/v1/openapi.json"))]
    head = f"Bearer {door.texts['head']}"
    for headers in ([], [("authorization", head)] * 2, [("authorization", f"Basic {door.texts['head']}")],
                    [("cookie", f"token={door.texts['head']}")]):
        answers.append(door.client.get("/api/v1/headlines", headers=headers))
    answers.append(door.client.get(f"/api/v1/headlines?access_token={door.texts['head']}"))
    assert {answer.status_code for answer in answers} == {401}
    assert len({(answer.content, tuple(sorted((name, value) for name, value in answer.headers.items()
                                              if name != "date"))) for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"] == "Bearer"
    assert answers[0].headers["content-type"] == "application/problem+json"


def test_a_token_of_who_manages_nothing_any_more_opens_nothing(door):
    token = Token(door.key, "x", "pm", "Head", AT, AT + timedelta(days=1), person="H5")
    _, text = door.store.make_token(token)
    answer = door.client.get("/api/v1/headlines", headers={"authorization": f"Bearer {text}".strip()})
    assert (answer.status_code, set(answer.json())) == (403, {"type", "title", "status"})


def test_its_last_use_is_noted(door):
    got(door, "/headlines", "viewer")
    used = {one.id: one.used_at for one in door.store.tokens(door.key)}
    assert datetime.now(UTC) - used[door.ids["viewer"]] < timedelta(minutes=2)


@pytest.mark.parametrize(("headers", "status"), [
    ({"host": "evil.example"}, 400), ({"origin": "https://evil.example"}, 400), ({}, 200)])
def test_a_page_from_elsewhere_asks_in_vain(door, headers, status):
    assert got(door, "/headlines", "head", **headers).status_code == status


def test_so_many_requests_in_a_minute_and_no_more():
    pace = Pace(bearers.A_MINUTE)
    assert {pace.wait(1, 60.0) for _ in range(bearers.A_MINUTE)} == {0}
    assert (pace.wait(1, 90.0), pace.wait(2, 90.0), pace.wait(1, 120.0)) == (30, 0, 0)


# -- how it is asked -------------------------------------------------------------------------------

def test_an_answer_that_is_known_is_not_sent_again(door):
    first = got(door, "/gaps", "head")
    tag = first.headers["etag"]
    assert (first.headers["cache-control"], first.headers["vary"]) == (
        "private, no-cache", "Authorization, Accept")
    again = got(door, "/gaps", "head", **{"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    tags = [tag, *(got(door, "/gaps", role).headers["etag"] for role in ("leadership", "pm", "partner")),
            got(door, "/gaps", "head", accept="text/csv").headers["etag"]]
    assert len(set(tags)) == len(tags)
    assert got(door, "/gaps", "pm", **{"if-none-match": tag}).status_code == 200
    clear_caches()
    assert got(door, "/gaps", "head", **{"if-none-match": tag}).status_code == 304


def test_lists_come_in_parts(door):
    whole = got(door, "/map", "head").json()
    part = got(door, "/map?limit=1&offset=1", "head")
    assert part.json()["items"] == whole["items"][1:2]
    assert part.json()["in_all"] == whole["in_all"] == len(whole["items"])
    assert part.headers["link"] == '</api/v1/map?limit=1&offset=2>; rel="next"'
    last = got(door, f"/map?limit=2&offset={whole['in_all'] - 1}", "head")
    assert last.json()["items"] == whole["items"][-1:]
    assert "link" not in last.headers


@pytest.mark.parametrize(("path", "keys"), [
    ("/gaps?severity=critical", None), ("/gaps?code=own01", {"OWN01:P6"}),
    ("/gaps?product=P6", None), ("/gaps?outcome=O1", None)])
def test_gaps_are_filtered(door, path, keys):
    every = got(door, "/gaps", "head").json()["items"]
    name, value = path.partition("?")[2].split("=")
    found = got(door, path, "head").json()["items"]
    if name in ("severity", "code"):
        assert found == [one for one in every if one[name] == (value.upper() if name == "code" else value)]
    else:
        assert all(value in json.dumps(one) for one in found)
    assert 0 < len(found) < len(every) or name in ("severity", "outcome")
    assert keys is None or {one["key"] for one in found} == keys


def test_a_day_and_a_scenario_are_as_on_the_pages(door):
    earlier = got(door, "/headlines?as_of=2026-11-13", "head").json()
    assert earlier["as_of"] == "2026-11-13"
    tried = got(door, f"/headlines?scenario={door.scenario}", "leadership").json()
    now = got(door, "/headlines", "leadership").json()
    assert tried["item"]["headlines"]["managed_products"] == now["item"]["headlines"]["managed_products"] - 1


@pytest.mark.parametrize(("path", "role", "status"), [
    ("/gaps?severity=grave", "head", 400), ("/gaps?servity=high", "head", 400), ("/gaps?limit=x", "head", 400),
    ("/gaps?limit=100001", "head", 400), ("/gaps?offset=000000001999999999999", "head", 400),
    ("/gaps?limit=1&limit=2", "head", 400), ("/headlines?as_of=soon", "head", 400),
    ("/headlines?as_of=1900-01-01", "head", 400), ("/headlines?limit=1", "head", 400),
    ("/changes?since=soon", "head", 400), ("/changes?since=99", "head", 404), ("/gaps/OWN01:X", "head", 404),
    ("/headlines?source=none", "head", 404), ("/headlines?scenario=none", "head", 404),
    ("/gaps/OWN04:H4", "leadership", 404), ("/gaps/OWN01:P6", "viewer", 403), ("/nothing", "head", 404),
    ("/gaps?product=" + "x" * 2_000, "head", 414)])
def test_what_cannot_be_answered_is_a_problem(door, path, role, status):
    answer = got(door, path, role)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_saved_source_is_asked_for_by_its_name(door):
    """There nobody is product manager by a token, as nobody is on its pages but by what it says."""
    door.store.save_source(SavedSource("Other", {"products.csv": b"product_id,name\nP1,Mine\nP9,Other\n"}, "",
                                       "Head", AT))
    store_of_pages._revision.clear()  # else it is seen within half a minute
    found = got(door, "/headlines?source=Other", "viewer").json()
    assert (found["source"], found["item"]["headlines"]["managed_products"]) == ("Other", 2)
    for role, status in (("leadership", 200), ("pm", 403), ("deputy", 403), ("viewer", 403)):
        assert got(door, "/products?source=Other", role).status_code == status
        assert got(door, "/outcomes?source=Other", role).status_code == 200


def test_a_scenario_that_is_not_theirs_is_as_one_that_is_not_there(door):
    for role in ("pm", "viewer"):
        assert got(door, f"/headlines?scenario={door.scenario}", role).content == got(
            door, "/headlines?scenario=none", role).content


def test_nothing_can_be_written(door):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = door.client.request(method, "/api/v1/gaps", headers={
            "authorization": f"Bearer {door.texts['head']}"})
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_the_same_is_measured_once(door, monkeypatch):
    got(door, "/headlines", "head")
    monkeypatch.setattr("orgdata.evaluation.align", None)
    monkeypatch.setattr("orgdata.evaluation.find_gaps", None)
    for path in ("/gaps", "/outcomes?limit=3", "/gaps/OWN01:P6"):
        assert got(door, path, "head").status_code == 200


def test_no_address_of_the_source_is_told(asked, door):
    assert not any(door.key in answer.text for answer in asked.said.values())


def test_other_days_of_programs_push_the_pages_day_out_of_no_cache(door):
    """Who has a token may ask for one day after the other, and pages would measure anew each time."""
    client_day = door.evaluation.alignment.as_of.date()
    got(door, "/headlines", "viewer")
    kept = [(results, set(results._entries)) for results in (
        source._alignments(), source._evaluations(), seen._commons(), seen._measures(), seen._shown_gaps())]
    assert all(entries for _, entries in kept)
    for back in range(1, 15):
        assert got(door, f"/headlines?as_of={client_day - timedelta(back)}", "viewer").status_code == 200
    assert [set(results._entries) for results, _ in kept] == [entries for _, entries in kept]
