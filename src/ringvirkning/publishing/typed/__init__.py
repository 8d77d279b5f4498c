"""From what people typed to a case file. Pure: none of it knows Django."""
