from __future__ import annotations

import threading
import time

import pytest

from rag import line as room
from rag.errors import ModelUnavailable
from rag.line import Line, LineFull, LineLeft


class Asker(threading.Thread):
    """A question of ``client`` that holds the model until ``done`` is set."""

    def __init__(self, line, client, order=None) -> None:
        super().__init__(daemon=True)
        self.line, self.client, self.order = line, client, order if order is not None else []
        self.told, self.left, self.done, self.served = (
            [],
            threading.Event(),
            threading.Event(),
            threading.Event(),
        )
        self.error = None

    def run(self):
        try:
            with self.line.ticket(self.client, self.told.append, self.left):
                self.line.wait()
                self.order.append(self.client)
                self.served.set()
                self.line.wait()  # a second call of the same question does not wait again
                self.done.wait(10)
        except ModelUnavailable as error:
            self.error = error


def start(line, *clients):
    order = []
    askers = []
    for client in clients:
        askers.append(Asker(line, client, order))
        askers[-1].start()
        until(lambda asker=askers[-1]: asker.served.is_set() or asker.told)
    return askers, order


def until(true):
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_places_are_told_and_count_down():
    (first, second, third), _ = start(Line(1), "a", "b", "c")
    assert first.told == []
    assert (second.told, third.told) == ([1], [2])
    first.done.set()
    until(second.served.is_set)
    until(lambda: third.told == [2, 1])
    second.done.set()
    until(third.served.is_set)
    third.done.set()
    third.join(10)
    assert second.told == [1, 0]
    assert third.told == [2, 1, 0]


def test_two_slots_serve_two():
    (_, second, third), _ = start(Line(2), "a", "b", "c")
    assert second.served.is_set()
    assert third.told == [1]
    second.done.set()
    until(third.served.is_set)


def test_who_asks_much_does_not_hold_up_who_asks_once():
    askers, order = start(Line(1), "busy", "busy", "busy", "once")
    for asker in askers:
        asker.done.set()
    for asker in askers:
        asker.join(10)
    assert order == ["busy", "once", "busy", "busy"]


def test_one_clients_questions_keep_their_order_whatever_comes_later():
    """Also when fewer wait as a later one comes: a rank by their number let it overtake for ever."""
    line = Line(1)
    (first, second, third), _ = start(line, "a", "a", "a")
    first.done.set()
    until(second.served.is_set)
    (fourth,), _ = start(line, "a")
    second.done.set()
    until(third.served.is_set)
    assert not fourth.served.is_set()
    third.done.set()
    until(fourth.served.is_set)


def test_who_leaves_makes_room():
    (first, second, third), _ = start(Line(1), "a", "b", "c")
    second.left.set()
    second.join(10)
    assert isinstance(second.error, LineLeft)
    until(lambda: third.told[-1] == 1)
    first.done.set()
    until(third.served.is_set)


def test_a_line_that_is_too_long_turns_away(monkeypatch):
    monkeypatch.setattr(room, "MOST_WAITING", 1)
    line = Line(1)
    (first, second), _ = start(line, "a", "b")
    with pytest.raises(LineFull), line.ticket("c"):
        line.wait()
    first.done.set()
    until(second.served.is_set)


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(room, "LONGEST_SECONDS", 0.2)
    (_, second), _ = start(Line(1), "a", "b")
    second.join(10)
    assert isinstance(second.error, LineFull)
    assert not second.served.is_set()


def test_without_a_ticket_nobody_waits():
    line = Line(1)
    start(line, "a")
    line.wait()
