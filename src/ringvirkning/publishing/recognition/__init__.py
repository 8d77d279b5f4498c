"""From a text or a web page to the beginning of a case."""
