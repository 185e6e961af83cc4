"""开普云 UCAP."""

from spiders.page import Page
from spiders.portal import Portal
from spiders.tasks import Found


class Ucap(Portal):
    """Base of the leaves on UCAP."""

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page."""
        return Found()
