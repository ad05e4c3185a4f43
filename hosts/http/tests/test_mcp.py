"""The tools as the official SDK's client sees them."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest
from examples import contact
from mcp import Client, MCPError
from mcp.client.streamable_http import streamable_http_client
from serving import BEARER, DOMAIN, Front, Simulator, call

VERSION = "2026-07-28"


def published(**more) -> str:
    settings = contact("x@example.com")["settings"]
    about = {"title": "Save a contact", "description": "Saves who the visitor is."}
    return json.dumps({**settings, **about, **more})


@pytest.fixture(scope="module")
def org():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture(scope="module")
def tools(org):
    settings = {"FRONT_TOOLS": "contact", "FRONT_SETTINGS_CONTACT": published(), "SALESFORCE_ACCESS_TOKEN": org.token}
    with Front(org.route, **settings) as front:
        yield front


def with_client(front, use, bearer: str = BEARER):
    """What the use of a client comes to; an error of the protocol is what it comes to, too."""

    async def begin():
        headers = {"Authorization": f"Bearer {bearer}"}
        async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
            transport = streamable_http_client(f"http://127.0.0.1:{front.port}/mcp", http_client=http)
            async with Client(transport) as client:
                assert client.protocol_version == VERSION
                # The client's tasks would wrap it.
                try:
                    return await use(client)
                except MCPError as error:
                    return error

    return asyncio.run(begin())


def test_a_published_document_is_a_tool(tools, org):
    listed = with_client(tools, lambda client: client.list_tools()).tools
    assert [(tool.name, tool.title) for tool in listed] == [("contact", "Save a contact")]
    described = tools.post("/describe", {"settings": published()}).json
    assert (listed[0].input_schema, listed[0].output_schema) == (described["variables"], described["results"])
    # Neither the token nor the settings: a key's meaning, the domain, what is stored where.
    told = listed[0].model_dump_json()
    assert not any(secret in told for secret in (org.token, DOMAIN, "useToFindExisting", "deploymentDomain"))


def test_a_call_runs_and_hands_over_what_is_stored(tools, org):
    arguments = {"email": "tool@example.com", "last_name": "Bärg 🙂", "amount": 7}
    called = with_client(tools, lambda client: client.call_tool("contact", arguments))
    assert not called.is_error
    assert called.structured_content["noted"] == "7"
    assert called.structured_content["contact_id"].startswith("003")
    assert called.content[0].text == "Done.\nContact: created"
    again = with_client(tools, lambda client: client.call_tool("contact", arguments))
    assert again.content[0].text == "Done.\nContact: unchanged"


def test_what_a_model_can_correct_it_is_told(tools):
    called = with_client(tools, lambda client: client.call_tool("contact", {"email": "no address", "last_name": "Berg"}))
    assert called.is_error
    assert called.structured_content is None
    told = called.content[0].text
    assert told.startswith("The call has failed.")
    # What only people who run it may read.
    assert "Email" not in told.replace("email", "") and "administrator" not in told


def test_what_only_the_operator_can_correct_is_in_the_log(org):
    settings = {"FRONT_TOOLS": "contact", "FRONT_SETTINGS_CONTACT": published(), "SALESFORCE_ACCESS_TOKEN": "00D with a blank"}
    with Front(org.route, **settings) as front:
        called = with_client(front, lambda client: client.call_tool("contact", {"email": "a@example.com", "last_name": "Berg"}))
        assert called.is_error and "operator" in called.content[0].text
        assert any("bad-session" in line for line in front.log)


def test_settings_that_cannot_run_are_an_error_of_the_list(org):
    settings = {"FRONT_TOOLS": "contact", "FRONT_SETTINGS_CONTACT": published(mappings=[])}
    with Front(org.route, **settings) as front:
        error = with_client(front, lambda client: client.list_tools())
    assert (error.code, error.message) == (-32603, "The settings of the tool `contact` cannot run")


def test_an_unknown_tool_is_an_error_of_the_protocol(tools):
    error = with_client(tools, lambda client: client.call_tool("nobody", {}))
    assert (error.code, error.message) == (-32602, "There is no such tool: `tools/list` lists them")


def test_a_wrong_bearer_gets_nothing(tools):
    with pytest.raises(BaseException) as refused:
        with_client(tools, lambda client: client.list_tools(), bearer="x" * 20)
    assert not isinstance(refused.value, AssertionError)
    assert call(tools.port, "POST", "/mcp", {}, None, bearer="x" * 20).status == 401


def test_only_post_is_taken_and_no_page_of_a_browser(tools):
    assert tools.get("/mcp").status == 405
    assert tools.post("/mcp", {}, headers={"Origin": "https://example.com"}).status == 403
