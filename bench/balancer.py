"""A proxy before several replicas, as in production: it signs people in, and gives each a replica.

    python -m bench.balancer PORT REPLICA …     all ports of this machine

Who somebody is they say in `X-Visitor`, in place of a sign-in; the proxy passes it on as `X-Email`
and takes out what a client says there itself. Everybody has one replica, and another while that
one does not answer.
"""

import asyncio
import sys
from contextlib import suppress
from zlib import crc32

HEADER = "X-Email"  # which the replicas trust
VISITOR = "X-Visitor"
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def serve(port: int, replicas: list[int]) -> None:
    """Answer on a port until the process is ended."""
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await _pass_on(reader, writer, replicas)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
        await server.serve_forever()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
                   replicas: list[int]) -> None:
    """Pass on the one request of a connection with the header; then whatever comes."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].split(b"\r\n")
    said = dict(line.split(b":", 1) for line in lines)
    who = next((value.strip() for name, value in said.items()
                if name.lower() == VISITOR.lower().encode()), b"")
    kept = [line for line in lines if not line.lower().startswith(f"{HEADER.lower()}:".encode())]
    back, to = await _connected(who, replicas)
    to.write(b"\r\n".join([first, *kept, HEADER.encode() + b": " + who]) + b"\r\n\r\n")
    _, left = await asyncio.wait(
        {asyncio.create_task(_pump(reader, to)), asyncio.create_task(_pump(back, writer))},
        return_when=asyncio.FIRST_COMPLETED)
    for task in left:  # where one side is gone, the other hears of it
        task.cancel()
    to.close()


async def _connected(who: bytes, replicas: list[int]) -> Streams:
    """A connection to the replica of somebody, or to the next that answers. Raises OSError."""
    own = crc32(who) % len(replicas)
    for port in replicas[own:] + replicas[:own]:
        with suppress(OSError):
            return await asyncio.open_connection("127.0.0.1", port)
    raise ConnectionRefusedError("no replica answers")


async def _pump(one: asyncio.StreamReader, other: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while content := await one.read(65_536):
            other.write(content)
            await other.drain()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
