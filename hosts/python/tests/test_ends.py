"""How the host ends a call: traps, time, memory, cancellation. Nothing of a call is used again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest
from wasmtime.component import Component

from salesforce_module import AsyncSalesforceModule, SalesforceHostError, SalesforceModule, _component
from salesforce_module._call import Call
from salesforce_module._program import MAX_MEMORY, Program

from .conftest import ANNA, Simulator, simulate

#: A component that does what the module never should.
MISBEHAVED = """
(component
  (core module $m
    (memory (export "memory") 1)
    (func (export "trap") (result i32) unreachable)
    (func (export "spin") (result i32) (loop $again (br $again)) (i32.const 0))
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))
  (core instance $i (instantiate $m))
  (func $trap (result u32) (canon lift (core func $i "trap")))
  (func $spin (result u32) (canon lift (core func $i "spin")))
  (func $grow (param "pages" u32) (result u32) (canon lift (core func $i "grow")))
  (instance $e (export "trap" (func $trap)) (export "spin" (func $spin)) (export "grow" (func $grow)))
  (export "chat-flow:salesforce/salesforce-module@0.1.0" (instance $e)))
"""
PAGE = 64 << 10


@pytest.fixture(scope="module")
def misbehaved() -> Program:
    engine = _component.engine()
    return Program(engine, Component(engine, MISBEHAVED))


def test_a_trap(misbehaved: Program) -> None:
    with pytest.raises(SalesforceHostError) as raised:
        misbehaved.call("salesforce-module.trap", [], Call(None, 10))
    assert (raised.value.code, raised.value.may_have_written) == ("trap", False)
    assert "unreachable" in str(raised.value)


def test_a_computing_instance_ends_in_time(misbehaved: Program) -> None:
    with pytest.raises(SalesforceHostError) as raised:
        misbehaved.call("salesforce-module.spin", [], Call(None, 0.3))
    assert raised.value.code == "timeout"


def test_a_computing_instance_can_be_aborted(misbehaved: Program) -> None:
    call = Call(None, 60)
    threading.Timer(0.2, call.abort).start()
    with pytest.raises(SalesforceHostError) as raised:
        misbehaved.call("salesforce-module.spin", [], call)
    assert raised.value.code == "aborted"


def test_an_instance_has_32_mib(misbehaved: Program) -> None:
    refused = 0xFFFFFFFF
    assert misbehaved.call("salesforce-module.grow", [MAX_MEMORY // PAGE - 1], Call(None, 10)) == 1
    assert misbehaved.call("salesforce-module.grow", [MAX_MEMORY // PAGE], Call(None, 10)) == refused


def test_an_argument_beyond_the_memory_ends_its_call_alone(
    module: SalesforceModule, contact: Callable[..., dict]
) -> None:
    with pytest.raises(SalesforceHostError) as raised:
        module.plan(contact(), {**ANNA, "more": "x" * MAX_MEMORY})
    assert raised.value.code == "trap"
    assert module.plan(contact(), ANNA).records[0].approach == "look-up"


def test_a_timeout_while_waiting(module: SalesforceModule, contact: Callable[..., dict]) -> None:
    with simulate("--fault", "1+:silence") as simulator, pytest.raises(SalesforceHostError) as raised:
        module.run(simulator.session, contact(), ANNA, route=simulator.url, timeout=0.5)
    assert (raised.value.code, raised.value.may_have_written) == ("timeout", True)
    assert "0.5 seconds" in str(raised.value)


def test_a_cancelled_task_ends_its_call(contact: Callable[..., dict]) -> None:
    async def cancel() -> None:
        async with await AsyncSalesforceModule.load() as module:
            with simulate("--fault", "2:silence") as simulator:
                run = asyncio.create_task(module.run(simulator.session, contact(), ANNA, route=simulator.url))
                await asyncio.sleep(0.5)
                run.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await run
                with pytest.raises(TimeoutError):
                    async with asyncio.timeout(0.0):
                        await module.run(simulator.session, contact(), ANNA, route=simulator.url)
                # The others go on; of the write that was cancelled nothing came.
                again = await module.run(simulator.session, contact(), ANNA, route=simulator.url)
                assert again.records[0].result == "created"

    asyncio.run(cancel())


def test_what_waits_for_a_place_can_be_cancelled(contact: Callable[..., dict], simulator: Simulator) -> None:
    async def cancel() -> None:
        async with await AsyncSalesforceModule.load() as module:
            runs = [
                asyncio.create_task(module.run(simulator.session, contact(), ANNA, route=simulator.url))
                for _ in range(3)
            ]
            for run in runs:
                run.cancel()
            ended = await asyncio.gather(*runs, return_exceptions=True)
            assert all(isinstance(each, asyncio.CancelledError) for each in ended)

    asyncio.run(cancel())


def test_an_exception_of_the_host_is_not_swallowed(
    module: SalesforceModule, contact: Callable[..., dict], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module._client, "begin", fail)
    with pytest.raises(KeyboardInterrupt), simulate() as simulator:
        module.run(simulator.session, contact(), ANNA, route=simulator.url)
    monkeypatch.setattr(module._client, "begin", lambda _exchange: {}["a bug"])
    with pytest.raises(SalesforceHostError) as raised, simulate() as simulator:
        module.run(simulator.session, contact(), ANNA, route=simulator.url)
    assert (raised.value.code, type(raised.value.__cause__)) == ("host", KeyError)
