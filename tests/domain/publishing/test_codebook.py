from __future__ import annotations

import re

from constancia.domain.publishing.codebook import NAMED_LIST, codes, resources


def test_every_column_and_code_is_told_in_both_languages() -> None:
    for resource in resources():
        assert resource.meaning.es
        assert resource.meaning.en
        for column in resource.columns:
            assert column.meaning.es
            assert column.meaning.en
            assert column.meaning.es != column.meaning.en
    for members in codes().values():
        assert all(words.es and words.en for words in members.values())


def test_keys_and_references_name_columns_that_are_there() -> None:
    columns = {resource.name: {column.name for column in resource.columns} for resource in resources()}
    for resource in resources():
        assert set(resource.key) <= columns[resource.name]
        for reference in resource.references:
            assert reference.column in columns[resource.name]
            assert reference.target in columns[reference.resource]


def test_names_are_such_as_a_data_package_may_have() -> None:
    for resource in resources():
        assert re.fullmatch(r"[a-z_]+", resource.name)
        assert all(re.fullmatch(r"[a-z0-9_]+", column.name) for column in resource.columns)


def test_only_the_named_list_has_a_column_for_persons_and_it_comes_last() -> None:
    assert resources()[-1].name == NAMED_LIST
    assert [column.name for column in resources()[-1].columns] == ["name"]


def test_a_number_is_never_left_out_unless_the_resource_says_so() -> None:
    figures = resources()[0]
    assert {column.name for column in figures.columns if not column.required} == {
        "start",
        "label_es",
        "label_en",
    }
