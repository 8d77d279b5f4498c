"""Following a fetch while it runs."""


class Watch:
    """Somebody who follows how it goes. This one does not care."""

    def listed(self, days: int, count: int) -> None:
        """So many notices were listed for so many days."""

    def looked_at(self) -> None:
        """One of them is dealt with."""

    def done(self) -> None:
        """All of them are."""
