"""The conformance kit: what a client did and holds (facts), and what is to be said of it.

A **transcript** is all that was seen on the wire, both ways. **Conduct** is facts counted from it,
**findings** what the client's state documents have beside what the story has. Both are in the
**evidence** of a case, one JSON document, and a **requirement** is a JSON Schema over that. Nothing
here opens a socket or starts a program: `mockdde.runner` does.
"""
