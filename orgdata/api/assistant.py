"""The assistant's door: a Model Context Protocol server with read-only tools over a portfolio."""

from collections.abc import Callable
from typing import Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from orgdata.api import questions
from orgdata.api.questions import Unanswerable
from orgdata.api.quoted import NOTE, unquoted
from orgdata.api.reading import Answer, Reading
from orgdata.docs import catalogue
from orgdata.edits.verbs import VERBS
from orgdata.model.history import StoreError
from orgdata.model.settings import SettingsError
from orgdata.sources import SourceError
from orgdata.views.rewording import of_evaluation, saying

Tool = TypeVar("Tool", bound=Callable[..., Any])
INSTRUCTIONS = (
    "Answers which product serves which company outcome, who is accountable, and where the "
    "portfolio is out of line and why. Begin with portfolio_summary or search. Every answer says "
    "its day, its source, what is unknown, and the page that shows the same: name these, and say "
    "unknown where it is unknown. Do not score or rank people. " + NOTE)
_LARGEST = 256 << 10  # bytes of a request
PAGES = {  # tool → the page that shows the same: who may open that may ask
    "portfolio_summary": "overview", "find_gaps": "gaps", "explain": "overview",
    "who_serves": "outcomes", "what_is_it_for": "products", "what_changed": "weekly_review",
    "find": "overview", "try_change": "what_if", "weekly_brief": "weekly_review",
    "rules": "method"}
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True,
                            open_world_hint=False)


def server(reading: Callable[[], Reading]) -> MCPServer[Any]:
    """A server that answers from what `reading` returns when it is asked."""
    made: MCPServer[Any] = MCPServer("portfolio", title="Portfolio alignment",
                                     instructions=INSTRUCTIONS, log_level="ERROR")
    _add_tools(made, reading)
    _add_resources(made, reading)
    _add_prompts(made)
    return made


def over_http(reading: Callable[[], Reading]) -> Any:
    """The same as an application of Starlette that answers each request by itself, in JSON. Who
    asks, and by which name, is looked at before it is reached."""
    return server(reading).streamable_http_app(
        json_response=True, stateless_http=True, max_request_body_size=_LARGEST,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False))


def _asked(reading: Callable[[], Reading], question: Callable[..., Answer],
           *arguments: Any) -> dict[str, Any]:
    """The answer to a question, in the organisation's own words; a ToolError where it has none."""
    try:
        now = reading()
        if not now.rights.may_open(PAGES[question.__name__]):
            raise Unanswerable("that is not for the role of this token")
        with saying(of_evaluation(now.evaluation)):
            return dict(question(now, *arguments))
    except (Unanswerable, SourceError, SettingsError, StoreError) as error:
        raise ToolError(str(error)) from None


def _add_tools(made: MCPServer[Any], reading: Callable[[], Reading]) -> None:
    def tool(question: Callable[..., Answer], more: str = "") -> Callable[[Tool], Tool]:
        """Register a tool by what its question says of itself, and what it takes."""
        return lambda function: made.tool(
            description=" ".join(f"{question.__doc__} {function.__doc__ or ''} {more}".split()),
            annotations=READ_ONLY)(function)

    @tool(questions.portfolio_summary)
    def portfolio_summary() -> dict[str, Any]:
        return _asked(reading, questions.portfolio_summary)

    @tool(questions.find_gaps)
    def find_gaps(severity: str = "", code: str = "", product: str = "", outcome: str = "",
                  most: int = 20) -> dict[str, Any]:
        """Severity is critical, high, medium or low; code as in rules; product and outcome by id
        or name."""
        return _asked(reading, questions.find_gaps, severity, code, product, outcome, most)

    @tool(questions.explain)
    def explain(of: str) -> dict[str, Any]:
        """Of: the key of a gap, or an id."""
        return _asked(reading, questions.explain, of)

    @tool(questions.who_serves)
    def who_serves(outcome: str) -> dict[str, Any]:
        """Outcome by id or name."""
        return _asked(reading, questions.who_serves, outcome)

    @tool(questions.what_is_it_for)
    def what_is_it_for(product: str) -> dict[str, Any]:
        """Product by id or name."""
        return _asked(reading, questions.what_is_it_for, product)

    @tool(questions.what_changed)
    def what_changed(since: str = "") -> dict[str, Any]:
        """Since: 12 for a snapshot, or YYYY-MM-DD."""
        return _asked(reading, questions.what_changed, since)

    @tool(questions.find)
    def search(query: str) -> dict[str, Any]:
        return _asked(reading, questions.find, query)

    @tool(questions.weekly_brief)
    def weekly_brief() -> dict[str, Any]:
        return _asked(reading, questions.weekly_brief)

    @tool(questions.rules)
    def rules(code: str = "") -> dict[str, Any]:
        return _asked(reading, questions.rules, code)

    @tool(questions.try_change, f"Verbs: {', '.join(VERBS)}.")
    def try_change(verb: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What a verb takes is said where something else is given: retire product takes
        {"product_id": "P12"}."""
        return _asked(reading, questions.try_change, verb, arguments)


def _add_resources(made: MCPServer[Any], reading: Callable[[], Reading]) -> None:
    def found(question: Callable[..., Answer], key: str) -> dict[str, Any]:
        try:
            return _asked(reading, question, key)
        except ToolError as error:
            raise ResourceNotFoundError(str(error)) from None

    @made.resource("portfolio://method", title="The method", mime_type="text/markdown")
    def method() -> str:
        """What every number and every gap means, exactly."""
        return catalogue.method()

    @made.resource("portfolio://gap/{key}", title="A gap", mime_type="application/json")
    def gap(key: str) -> dict[str, Any]:
        """A gap with the formula behind it, by its key."""
        return found(questions.explain, unquoted(key))

    @made.resource("portfolio://product/{product}", title="A product",
                   mime_type="application/json")
    def product(product: str) -> dict[str, Any]:
        """What a product is for, by its id."""
        return found(questions.what_is_it_for, product)


def _add_prompts(made: MCPServer[Any]) -> None:
    @made.prompt(title="Prepare the weekly review")
    def weekly_review() -> str:
        """The week in a page: what changed, what needs whose decision, what is unknown."""
        return ("Prepare the weekly portfolio review. Call weekly_brief, then explain for each "
                "critical gap. Write at most a page: the answer first, then what changed, what "
                "needs a decision and by whom, and what is unknown. Give the page's address with "
                "each claim. Do not score or rank people.")

    @made.prompt(title="Brief me on a product")
    def brief_me(product: str) -> str:
        """A product before a talk about it: its purpose, its proof, its open questions."""
        return (f"Brief me on the product {unquoted(product)[:120]!r}. Call what_is_it_for, and "
                "explain for what fails. Say in half a page what it is for, which outcomes it is "
                "proven to serve, what is open and who can settle it, and what is unknown.")
