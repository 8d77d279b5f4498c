"""Reading a need among the library's own documents."""

from pathlib import Path

from ringvirkning.needs.statement.read import read_need


def test_words_of_the_librarys_documents_are_placed(library: Path) -> None:
    reading = read_need("Beboere faller om natten, og vi prøvde zzblorkometer.")
    assert reading.unplaced == ("zzblorkometer",)
    assert "fall" in {one.id for one in reading.concepts}


def test_an_index_that_is_gone_does_not_hinder_reading(empty_catalogue: None) -> None:
    assert "fall" in {one.id for one in read_need("Beboere faller om natten").concepts}
