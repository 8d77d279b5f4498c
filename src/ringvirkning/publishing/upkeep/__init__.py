"""What keeps a published case true: consent, confirmation, links that answer."""
