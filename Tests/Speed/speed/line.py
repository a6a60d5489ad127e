"""A slow telephone line between a browser and a daemon on this machine.

The browser's own throttling reaches neither a service worker nor the making of a connection; this does. All connections
share one line: what is sent waits until the line is free, takes as long as its bits take, and is on the way for half a
round trip. A connection's first bytes wait for one round trip more, which making the connection would have taken.
"""

import asyncio
import threading
import time

SEGMENT = 1460
HEADERS = 40


class Direction:
    """One way of the line; everything on it goes one after the other."""

    def __init__(self, bits_a_second: float, delay: float):
        self.bits_a_second = bits_a_second
        self.delay = delay
        self.octets = 0
        self._free = 0.0

    async def carry(self, octets: int) -> float:
        """Waits while the octets are put on the line; when they will come out of it."""
        loop = asyncio.get_running_loop()
        self.octets += octets
        self._free = max(self._free, loop.time()) + (octets + HEADERS) * 8 / self.bits_a_second
        done = self._free
        await asyncio.sleep(done - loop.time())
        return done + self.delay


class Line:
    """A listener of its own thread that passes everything on to a port of this machine, slowly."""

    def __init__(self, port: int, bits_a_second: float = 400_000, round_trip: float = 0.3):
        self.target = port
        self.round_trip = round_trip
        self.up = Direction(bits_a_second, round_trip / 2)
        self.down = Direction(bits_a_second, round_trip / 2)
        self.connections = 0
        self.port = 0
        self._last = time.monotonic()
        self._loop = asyncio.new_event_loop()
        self._tasks: set[asyncio.Task] = set()
        self._listening = threading.Event()
        self._stopping: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),), daemon=True)

    def __enter__(self) -> "Line":
        self._thread.start()
        assert self._listening.wait(10), "the line does not listen"
        return self

    def __exit__(self, *_) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def count(self) -> tuple[int, int, int]:
        """Connections made, octets sent and octets received until now."""
        return self.connections, self.up.octets, self.down.octets

    def await_quiet(self, seconds: float = 1.5, at_most: float = 60) -> None:
        """Returns once nothing has been on the line for so long."""
        limit = time.monotonic() + at_most
        while (now := time.monotonic()) < limit and now - self._last < seconds:
            time.sleep(0.05)

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, limit=SEGMENT)
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        await self._stopping.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        self.connections += 1
        self._last = time.monotonic()
        made = self._loop.time() + self.round_trip
        try:
            daemon, to_daemon = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            to_browser.close()
            self._tasks.discard(task)
            return
        try:
            await asyncio.gather(
                self._pass(self.up, browser, to_daemon, made), self._pass(self.down, daemon, to_browser, 0))
        except (OSError, asyncio.CancelledError):
            pass  # either end may go whenever it likes
        finally:
            to_browser.close()
            to_daemon.close()
            self._tasks.discard(task)

    async def _pass(
        self, way: Direction, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, not_before: float
    ) -> None:
        """One connection's one way: segments go onto the line in turn and come out when they are due."""
        coming: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, segment = await coming.get()
                await asyncio.sleep(max(0, due - self._loop.time()))
                if not segment:
                    if writer.can_write_eof():
                        writer.write_eof()
                    return
                writer.write(segment)
                await writer.drain()
                self._last = time.monotonic()

        delivering = asyncio.create_task(deliver())
        try:
            while segment := await reader.read(SEGMENT):
                self._last = time.monotonic()
                if self._loop.time() < not_before:
                    await asyncio.sleep(not_before - self._loop.time())
                coming.put_nowait((await way.carry(len(segment)), segment))
            coming.put_nowait((self._loop.time() + way.delay, b""))
            await delivering
        finally:
            delivering.cancel()
