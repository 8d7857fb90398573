"""The table of names is what the pinned Faker draws; run as a program, this prints it anew."""

from __future__ import annotations

import random
import textwrap
import unicodedata
from collections.abc import Callable

import pytest
from faker import Faker

from mockdde import names

# Faker has no persons of its own for Scotland, Wales, Northern Ireland and Australia: they draw
# from a neighbour's with another seed. Left out: KOR (no Latin script), THA and CHN (Latin script,
# but men's and women's names in one heap).
LOCALES = {
    "ENG": ["en_GB"],
    "SCO": ["en_GB"],
    "WAL": ["en_GB"],
    "NIR": ["en_GB", "en_IE"],
    "IRL": ["en_IE"],
    "FRA": ["fr_FR"],
    "ESP": ["es_ES"],
    "ITA": ["it_IT"],
    "GER": ["de_DE"],
    "SWE": ["sv_SE"],
    "DEN": ["da_DK"],
    "NOR": ["no_NO"],
    "FIN": ["fi_FI"],
    "NED": ["nl_NL"],
    "BEL": ["nl_BE", "fr_BE"],
    "AUT": ["de_AT"],
    "POR": ["pt_PT"],
    "USA": ["en_US"],
    "CAN": ["en_US", "fr_CA"],
    "MEX": ["es_MX"],
    "ARG": ["es_AR"],
    "COL": ["es_CO"],
    "CHI": ["es_CL"],
    "RSA": ["en_GB", "nl_NL", "zu_ZA"],
    "AUS": ["en_GB", "en_NZ"],
    "NZL": ["en_NZ"],
    "JPN": ["ja_JP"],
    "IND": ["en_IN"],
}
SEED = 20260101
MALE, FEMALE, LAST = 40, 40, 80
DRAWS = 4000  # enough for the rarest; a locale with fewer names gives all that it has


def draw(country: str) -> dict[str, tuple[str, ...]]:
    """A country's first names of both genders and its last names, in the order drawn."""
    fakers = [Faker(locale) for locale in LOCALES[country]]
    for faker in fakers:
        faker.seed_instance(f"{SEED} {country}")
    romanized = country == "JPN"
    methods = {
        "male": ("first_romanized_name_male" if romanized else "first_name_male", MALE),
        "female": ("first_romanized_name_female" if romanized else "first_name_female", FEMALE),
        "last": ("last_romanized_name" if romanized else "last_name", LAST),
    }
    return {
        kind: _distinct([getattr(faker, method) for faker in fakers], count)
        for kind, (method, count) in methods.items()
    }


def _distinct(draws: list[Callable[[], str]], count: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for number in range(DRAWS):
        name = " ".join(draws[number % len(draws)]().split())  # some of Faker's have stray spaces
        found.setdefault(name)
        if len(found) == count:
            break
    return tuple(found)


def render(country: str) -> str:
    """A country's paragraph of the table, as it stands in mockdde/names.py."""
    lines = [
        textwrap.fill(f"{country} {kind}: {', '.join(drawn)}", 100, break_on_hyphens=False)
        for kind, drawn in draw(country).items()
    ]
    return "\n\n".join(lines)


def test_every_country_of_the_recipe_is_in_the_table_and_no_other():
    assert tuple(LOCALES) == names.COUNTRIES


@pytest.mark.parametrize("country", names.COUNTRIES)
def test_the_table_is_what_the_pinned_faker_draws(country):
    drawn = draw(country)
    assert names.first_names(country, "male") == drawn["male"]
    assert names.first_names(country, "female") == drawn["female"]
    assert names.last_names(country) == drawn["last"]


@pytest.mark.parametrize("country", names.COUNTRIES)
def test_there_are_names_enough_for_a_field_and_all_in_latin_script(country):
    first = names.first_names(country, "male") + names.first_names(country, "female")
    last = names.last_names(country)
    assert len(first) >= 40
    assert len(last) >= 40
    for name in first + last:
        letters = [letter for letter in name if letter.isalpha()]
        assert all(unicodedata.name(letter).startswith("LATIN ") for letter in letters), name
        assert set(name) - set(letters) <= set(" -'."), name
        assert name == unicodedata.normalize("NFC", name).strip()


def test_a_country_without_names_is_no_key():
    with pytest.raises(KeyError):
        names.last_names("ATL")


def test_drawing_leaves_the_global_randomness_alone():
    random.seed(1)
    before = random.getstate()
    draw("ENG")
    assert random.getstate() == before


if __name__ == "__main__":
    print("\n\n".join(render(country) for country in LOCALES))
