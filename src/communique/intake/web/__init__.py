"""From an address on the web to articles, politely and without being led astray.

``Visitor`` fetches with pauses and robots.txt, ``fetch`` once and bare, ``poll`` looks at a feed again.
"""

from __future__ import annotations

from communique.intake.web.fetching import Fetched, fetch
from communique.intake.web.polling import Polled, poll
from communique.intake.web.visiting import Visitor

__all__ = ["Fetched", "Polled", "Visitor", "fetch", "poll"]
