"""SIGKILL at any moment loses nothing that was acknowledged."""

import itertools
import json
import random
import threading
import time
import uuid

import httpx

from house.readings import calm

KILLS = 9
WRITERS = 8


class Writer(threading.Thread):
    """One phone that records checks without a pause and remembers each answer that it got."""

    def __init__(self, client, participants: list[str]):
        super().__init__(daemon=True)
        self.client = client
        self.participants = participants
        self.acknowledged: dict[str, tuple[dict, dict]] = {}
        self.unanswered: dict[str, dict] = {}
        self.refused: list[str] = []
        self.halt = threading.Event()

    def run(self) -> None:
        for participant in itertools.cycle(self.participants):
            if self.halt.is_set():
                return
            key = str(uuid.uuid4())
            body = {"participant": participant, "readings": calm(pulse=random.randint(52, 90)), "remark": key}
            try:
                answer = self.client.write("/api/v1/check-ins", body, key)
            except httpx.TransportError:
                self.unanswered[key] = body
                return
            if answer.status_code != 201:
                self.refused.append(answer.text)
                return
            self.acknowledged[key] = (body, answer.json())


def test_every_acknowledged_entry_survives_being_killed_again_and_again(resident):
    daemon, accounts = resident()
    daemon.start()
    participants = accounts.present()
    acknowledged: dict[str, tuple[dict, dict]] = {}
    unanswered: dict[str, dict] = {}
    for kill in range(KILLS):
        writers = [Writer(accounts.client("medic"), participants[number::WRITERS]) for number in range(WRITERS)]
        for writer in writers:
            writer.start()
        # Killed in the midst of it, each time at another moment.
        deadline = time.monotonic() + 30
        while sum(len(writer.acknowledged) for writer in writers) < 20 + 17 * kill:
            assert time.monotonic() < deadline, [writer.refused for writer in writers]
        daemon.kill()
        for writer in writers:
            writer.halt.set()
            writer.join(30)
            assert not writer.refused
            acknowledged |= writer.acknowledged
            unanswered |= writer.unanswered
        daemon.start()
    assert len(acknowledged) > KILLS * 20

    nurse = accounts.client("medic")
    for key, (body, said) in acknowledged.items():
        again = nurse.write("/api/v1/check-ins", body, key)
        assert again.status_code == 200, f"{key} was acknowledged and is gone: {again.status_code} {again.text}"
        assert again.json() == said
    # What was cut off may be recorded or not; sending it again records it once.
    for key, body in unanswered.items():
        first = nurse.write("/api/v1/check-ins", body, key)
        assert first.status_code in (200, 201), first.text
        second = nurse.write("/api/v1/check-ins", body, key)
        assert (second.status_code, second.json()) == (200, first.json())
        assert nurse.write("/api/v1/check-ins", {**body, "remark": "another"}, key).status_code == 409
    sequences = [said["sequence"] for _, said in acknowledged.values()]
    assert len(set(sequences)) == len(sequences)
    # The tables tell of each once.
    remarks = [
        check["remark"]
        for participant in participants
        for check in nurse.read("/api/v1/check-ins", participant=participant, limit=200)["checkIns"]
    ]
    for key in [*acknowledged, *unanswered]:
        assert remarks.count(key) == 1
    daemon.stop()
    verified = json.loads(daemon.command("verify", "--data", daemon.data, "--json").stdout)
    assert verified["intact"] is True and verified["faults"] == []
