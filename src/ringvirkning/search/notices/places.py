"""Where in Norway a NUTS code lies."""

from functools import cache

from ringvirkning.sources.tables import table

# Codes of 2010–2023 that lie in one county of 2024. Source: Eurostat, NUTS 2010, 2016 and 2021. Viken, Vestfold og
# Telemark and Troms og Finnmark (2020–2023) are several counties today and stand for none.
EARLIER = {
    "NO011": "03",
    "NO012": "32",
    "NO021": "34",
    "NO022": "34",
    "NO031": "31",
    "NO032": "33",
    "NO033": "39",
    "NO034": "40",
    "NO041": "42",
    "NO042": "42",
    "NO043": "11",
    "NO051": "46",
    "NO052": "46",
    "NO053": "15",
    "NO061": "50",
    "NO062": "50",
}


@cache
def county_of(nuts: str) -> str:
    """Return the number of the county a NUTS code lies in; "" when it is no county of ours, or several."""
    now = {county["nuts"]: str(county["number"]) for county in table("counties.json")["counties"]}
    return now.get(nuts) or EARLIER.get(nuts, "")
