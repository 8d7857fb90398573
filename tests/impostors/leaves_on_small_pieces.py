"""Takes half a message for a broken one."""

from _honest import Main, both, program

FAILS = ("tolerance/stays-on-a-slow-line",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/tolerance/narrow-line",)


class Sinful:
    async def connect(self):
        socket = await super().connect()
        reader = socket._reader  # what has come, before it is whole
        parser = getattr(reader, "_protocol", None) or socket._response.connection.protocol
        feed = parser.data_received

        def look(data: bytes) -> None:
            feed(data)
            if len(data) < 40 and data[:1] not in b"\x81\x82\x88\x89\x8a":
                parser.transport.abort()

        parser.data_received = look
        return socket


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
