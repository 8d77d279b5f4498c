"""What people write to each other about a case: reasons and comments. Plain text of a sensible length."""

MOST_IN_REASON = 500
MOST_IN_COMMENT = 5_000


class NotARemark(Exception):
    """The words cannot be used: ``missing`` or ``too_long``. ``most`` is the length allowed."""

    def __init__(self, code: str, most: int) -> None:
        super().__init__(code)
        self.code = code
        self.most = most


def cleaned(text: str, most: int) -> str:
    """Return the words as plain lines, or refuse them. Invisible characters are taken out: they come from pasting."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    words = "\n".join("".join(c for c in line if c.isprintable()).strip() for line in lines).strip()
    if not words:
        raise NotARemark("missing", most)
    if len(words) > most:
        raise NotARemark("too_long", most)
    return words
