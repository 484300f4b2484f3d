"""Compile ``src/communique/exports/data/countries.csv`` from public code tables.

    python tools/build_export_codes.py --codes country-codes.csv.gz --info CountryInfo.txt.gz
        [--out countries.csv]

Sources:
    codes  the "country-codes" data package (public domain): ISO 3166-1, FIPS 10-4, regions of the UN.
    info   CountryInfo.txt of the Open Event Data Alliance (MIT): numbers of the Correlates of War project.

Codes are facts. What the sources leave out or get wrong stands below.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src" / "communique" / "exports" / "data" / "countries.csv"
HEADER = """\
# Codes of states and territories. Compiled by tools/build_export_codes.py; do not edit.
# Sources: country-codes (ISO 3166-1, FIPS 10-4, regions of the UN), CountryInfo.txt of the Open Event Data
# Alliance (numbers of the Correlates of War project), mended by the script. cameo: the code in CAMEO's actors
# where it is not ISO's; icews: the name in ICEWS where it is not ours; region: ACLED's. Empty where none is.
alpha3,alpha2,numeric,fips,cow,cameo,icews,region
"""
# Numbers of the Correlates of War project that the file lacks or has wrongly.
COW = {
    "USA": "2", "FRA": "220", "GBR": "200", "SRB": "345", "MNE": "341", "SSD": "626", "COG": "484",
    "GNB": "404", "GIN": "438", "PNG": "910", "BRN": "835", "TLS": "860", "XKX": "347", "TWN": "713",
    "VNM": "816", "ROU": "360",
}  # fmt: skip
FIPS = {"PSE": "WE", "SRB": "RI", "MNE": "MJ", "SSD": "OD", "XKX": "KV", "ALA": ""}
CAMEO = {"ROU": "ROM", "TLS": "TMP", "XKX": "KSV"}
ICEWS = {
    "RUS": "Russian Federation", "PSE": "Occupied Palestinian Territory",
    "COD": "Democratic Republic of Congo",
}  # fmt: skip
# The UN's regions, intermediate ones first, under the names that ACLED gives its own.
REGIONS = {
    "Western Africa": "Western Africa", "Middle Africa": "Middle Africa",
    "Eastern Africa": "Eastern Africa", "Southern Africa": "Southern Africa",
    "Northern Africa": "Northern Africa", "Western Asia": "Middle East", "Southern Asia": "South Asia",
    "South-eastern Asia": "Southeast Asia", "Eastern Asia": "East Asia",
    "Central Asia": "Caucasus and Central Asia", "Northern America": "North America",
    "Caribbean": "Caribbean", "Central America": "Central America", "South America": "South America",
    "Channel Islands": "Europe", "Eastern Europe": "Europe", "Northern Europe": "Europe",
    "Southern Europe": "Europe", "Western Europe": "Europe", "Australia and New Zealand": "Oceania",
    "Melanesia": "Oceania", "Micronesia": "Oceania", "Polynesia": "Oceania",
}  # fmt: skip
REGION_OF = {
    "ARM": "Caucasus and Central Asia", "AZE": "Caucasus and Central Asia",
    "GEO": "Caucasus and Central Asia", "AFG": "Caucasus and Central Asia", "CYP": "Europe",
    "XKX": "Europe", "IRN": "Middle East", "ATA": "Antarctica", "TWN": "East Asia",
    "EGY": "Northern Africa", "MEX": "North America",
}  # fmt: skip


def cow_numbers(path: Path) -> dict[str, str]:
    """ISO alpha-3 to the project's number, from the file's blocks."""
    text = gzip.decompress(path.read_bytes()).decode("latin-1")
    found: dict[str, str] = {}
    for code, block in re.findall(r"<CountryCode>(\w{3})</CountryCode>(.{0,300})", text, re.S):
        number = re.match(r"[^<]*<CountryName>.*?<COW-Numeric>(\d+)</COW-Numeric>", block, re.S)
        between = block[: number.end()] if number else "<CountryCode>"
        if number and "<CountryCode>" not in between and int(number[1]):
            found[code] = str(int(number[1]))
    return {**found, **COW}


def main() -> None:
    """Read the two tables and write ours."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--codes", type=Path, required=True)
    parser.add_argument("--info", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TABLE)
    options = parser.parse_args()
    cow = cow_numbers(options.info)
    with gzip.open(options.codes, "rt", encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    rows = [["XKX", "XK", "", FIPS["XKX"], COW["XKX"], CAMEO["XKX"], "", REGION_OF["XKX"]]]
    for row in table:
        code = row["ISO3166-1-Alpha-3"].strip()
        area = (row["Intermediate Region Name"] or row["Sub-region Name"]).strip()
        fips = FIPS.get(code, row["FIPS"].strip())
        number = row["ISO3166-1-numeric"].strip()
        rows.append(
            [
                code,
                row["ISO3166-1-Alpha-2"].strip(),
                str(int(number)) if number else "",
                fips if len(fips) == 2 else "",
                cow.get(code, ""),
                CAMEO.get(code, ""),
                ICEWS.get(code, ""),
                REGION_OF.get(code, REGIONS.get(area, "")),
            ]
        )
    with options.out.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER)
        csv.writer(stream, lineterminator="\n").writerows(sorted(rows))


if __name__ == "__main__":
    main()
