"""拓尔思 TRS WCM."""

from spiders.page import Page
from spiders.portal import Portal
from spiders.tasks import Found


class Trs(Portal):
    """Base of the leaves on TRS."""

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page."""
        return Found()
