#!/usr/bin/env python3
"""Makes the weights of models that hollow.py wrote: fill.py FOLDER. Needs numpy."""

import json
import pathlib
import sys

import numpy as np

for number, places in enumerate(sorted(pathlib.Path(sys.argv[1]).rglob("weights.json"))):
    random = np.random.default_rng(number)
    draft = places.with_name("weights.new")
    with draft.open("wb") as file:
        for place in json.loads(places.read_text()):
            values = random.standard_normal(place["count"], dtype=np.float32)
            values *= np.float32(place["deviation"])
            values += np.float32(place["mean"])
            values.tofile(file)
    draft.rename(places.with_name("weights.bin"))
    places.unlink()
