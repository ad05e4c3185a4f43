"""One address for several replicas, as a platform has it: a connection goes to the next one in turn, byte for byte."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter


class Balancer:
    """Takes a replica out before it ends, and passes over one that takes no connection."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = list(ports)
        self.turn = 0
        self.connections: Counter[int] = Counter()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        server = self._carry_out(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]

    def take_out(self, port: int) -> int:
        """It gets no new connection, and those that it has come to their end. Returns how many those were."""

        async def drain() -> int:
            self.ports.remove(port)
            had = self.connections[port]
            while self.connections[port]:
                await asyncio.sleep(0.01)
            return had

        return self._carry_out(drain())

    def close(self) -> None:
        async def end() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        self._carry_out(end())
        self.loop.call_soon_threadsafe(self.loop.stop)

    def _carry_out(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.turn += 1
        in_turn = [self.ports[(self.turn + step) % len(self.ports)] for step in range(len(self.ports))]
        for port in in_turn:
            self.connections[port] += 1
            try:
                await forward(port, reader, writer)
                break
            except ConnectionRefusedError:
                # Nothing was sent to it, so the next one may have it.
                continue
            finally:
                self.connections[port] -= 1
        writer.close()


async def forward(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until the replica has said all, or is gone: then the caller learns it."""
    from_replica, to_replica = await asyncio.open_connection("127.0.0.1", port)
    sending = asyncio.create_task(pipe(reader, to_replica))
    try:
        await pipe(from_replica, writer)
    finally:
        sending.cancel()
        to_replica.close()


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until there is no more, or one of the two is gone."""
    try:
        while piece := await reader.read(1 << 16):
            writer.write(piece)
            await writer.drain()
        writer.write_eof()
    except (ConnectionResetError, BrokenPipeError):
        pass
