"""A good client of the DDE golf feed and of its successor, small enough to be read.

Read it in this order: ``contract`` (what it is told), ``stream`` (the life of a connection),
``dde`` and ``live`` (what is said on it), ``packets``, ``rounds``, ``matches``, ``objects`` (what
is made of it), ``state`` (what it says that it holds), ``rest`` (what it asks for), ``client`` (all
together).

Who wants it otherwise overrides a method, and names the class to the Client, which makes everything
out of the classes that it names:

    class Deaf(DdeStream):
        def heard(self) -> None: ...

    main = Client.of(dde_stream=Deaf)   # a coroutine function of the environment

Each method is one decision, and says why it is made so.
"""

from __future__ import annotations

from goodclient.client import Client, main

__all__ = ["Client", "main"]
