"""What the feed is, for machines: its REST side as OpenAPI 3.1, its streams as AsyncAPI 3.0.

``control`` is the control API as OpenAPI 3.1. The other two are made from the catalogue of feeds
and the tolerant schemas. All stand alone: what another schema says is copied in, and every ``$ref``
leads to a place in the same document.
"""

from __future__ import annotations

from mockdde.describe._asyncapi import asyncapi
from mockdde.describe._control import control
from mockdde.describe._openapi import openapi

__all__ = ["asyncapi", "control", "openapi"]
