import pytest
from serving import Front, Simulator


@pytest.fixture(scope="session")
def simulator():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def front(simulator):
    """For tests that write nothing, or records of their own."""
    with Front(simulator.route) as front:
        yield front
