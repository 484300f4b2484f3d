"""The floors: figures below which no change may fall.

    python -m benchmarks.floors --data DIR [--raise]

Measures every figure of ``floors.json`` on the data folder and fails where one is below its floor.
``--raise`` writes what was measured where it is higher; a floor never falls.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks import claims, names, tree
from communique.language.network import Network

FLOORS = Path(__file__).parent / "floors.json"
EPSILON = 1e-4  # other processors round otherwise in the last place


def measure(data: Path) -> dict[str, float]:
    """All figures that have a floor."""
    trees = tree.measure(data / "treebank" / "ewt_dev.conllu", Network())
    found = names.measure(data / "entities" / "dev.jsonl")
    said = claims.measure(data / "attribution" / "dev.jsonl.gz")
    return (
        {f"tree ewt_dev {k}": v for k, v in trees.items()}
        | {f"names dev {k}": v for k, v in found.items()}
        | {f"claims dev {k}": v for k, v in said.items()}
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="Hold the floors.")
    parser.add_argument("--data", type=Path, default=Path("..") / "shared" / "data")
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="write what is higher; no floor falls"
    )
    args = parser.parse_args()
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    if not args.data.exists():
        print(f"floors: no data at {args.data}, nothing measured")
        return 0
    measured = measure(args.data)
    below = 0
    for name, floor in floors.items():
        fallen = measured[name] < floor * (1 - EPSILON)
        below += fallen
        print(f"{name} {measured[name]:.4f} floor {floor:.4f}{' BELOW' if fallen else ''}")
    if args.lift:
        lifted = {name: max(floor, round(measured[name], 4)) for name, floor in floors.items()}
        FLOORS.write_text(json.dumps(lifted, indent=1) + "\n", encoding="utf-8")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
