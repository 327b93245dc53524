"""Many clients and strange ones, for a short time; load.py and fuzz.py take longer by hand."""

from conftest import ROOT, Studio
from fuzz import fuzz
from load import load


def test_fifty_people_paint_at_once():
    server = Studio("--threads", "1")
    found = load(server.port, server.process.pid, clients=50, seconds=10)
    assert server.stop() == 0
    # More clients than connections: everybody gets pictures, or is told to come back.
    assert set(found["answers"]) <= {200, 409, 503} and found["answers"][200] > 50 and found["fewest_answers"] > 0
    first, most, _ = found["memory"]
    assert most < first + (6 << 20)


def test_mutated_requests_are_answered_or_end():
    server = Studio("--threads", "1", model=ROOT / "Tests/SpadeRuntimeTests/Golden/style.spade")
    found = fuzz(server.port, 4000, 2, seed=3)
    assert server.stop() == 0
    assert found["200"] > 400 and found["400"] > 400 and sum(found.values()) == 4000
