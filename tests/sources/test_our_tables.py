from ringvirkning.foundation.orgnumber import clean_organisation_number
from ringvirkning.sources.tables import cpv_labels, los_concepts, table, themes


def test_every_theme_has_a_label_in_three_languages() -> None:
    assert all({"nb", "nn", "en"} <= {key for key, text in theme.items() if text} for theme in themes().values())


def test_cpv_codes_are_eight_digits_with_two_labels() -> None:
    assert len(cpv_labels()) > 9_000
    assert all(len(code) == 8 and code.isdecimal() and len(labels) == 2 for code, labels in cpv_labels().items())


def test_los_paths_are_paths_and_have_a_label() -> None:
    assert all("/" in path and concept["nb"] for path, concept in los_concepts().items())


def test_there_are_357_municipalities_and_15_counties() -> None:
    municipalities, counties = table("municipalities.json")["municipalities"], table("counties.json")["counties"]
    assert (len(municipalities), len(counties)) == (357, 15)
    assert len({row["number"] for row in municipalities}) == 357
    assert {row["county"] for row in municipalities} == {row["number"] for row in counties}


def test_every_organisation_number_in_our_tables_is_sound_and_used_once() -> None:
    rows = [
        *table("municipalities.json")["municipalities"],
        *table("counties.json")["counties"],
        *table("organisations.json")["organisations"],
    ]
    numbers = [row["orgnumber"] for row in rows if row.get("orgnumber")]
    assert [clean_organisation_number(number) for number in numbers] == numbers
    assert len(set(numbers)) == len(numbers)


def test_former_names_became_municipalities_of_today() -> None:
    today = {row["number"] for row in table("municipalities.json")["municipalities"]}
    counties = {row["number"] for row in table("counties.json")["counties"]}
    for row in table("former_names.json")["names"]:
        assert set(row["became"]) <= (counties if row["kind"] == "county" else today), row["name"]
