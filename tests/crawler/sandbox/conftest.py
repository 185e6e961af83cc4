import pytest

from crawler.sandbox.world import World

SEED = 7


@pytest.fixture(scope="session")
def world() -> World:
    return World(SEED, "small")


@pytest.fixture(scope="session")
def truth(world: World) -> dict:
    return world.truth()
