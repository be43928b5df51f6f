"""jsonstat.py - a strict reader of JSON-stat 2.0: a collection, or the first thing that is wrong with it.

Written from the format's own description (json-stat.org/full), not from the program that writes it.
SPDX-License-Identifier: EUPL-1.2
"""
from math import prod


def check(whole):
    """The datasets of a collection; AssertionError when anything is not as the format wants it."""
    assert whole["version"] == "2.0" and whole["class"] == "collection", "no collection"
    assert isinstance(whole["label"], str) and whole["label"]
    items = whole["link"]["item"]
    assert isinstance(items, list)
    for item in items:
        check_dataset(item)
    return items


def check_dataset(d):
    assert d["version"] == "2.0" and d["class"] == "dataset"
    ids, size = d["id"], d["size"]
    assert len(ids) == len(size) == len(set(ids)) and ids, "id and size differ"
    assert set(d["dimension"]) == set(ids), "dimension has not the same names as id"
    for name, n in zip(ids, size):
        check_dimension(d["dimension"][name], n, name)
    for role, names in d["role"].items():
        assert role in ("time", "geo", "metric"), role
        assert names and set(names) <= set(ids), (role, names)
    assert len(d["value"]) == prod(size), "value is not as long as the product of size"
    assert all(v is None or (isinstance(v, (int, float)) and not isinstance(v, bool))
               for v in d["value"])
    for key, word in d["status"].items():
        assert str(int(key)) == key and 0 <= int(key) < len(d["value"]), key
        assert isinstance(word, str) and word, key
    assert isinstance(d["note"], list) and all(isinstance(n, str) for n in d["note"])
    assert d["source"] and d["updated"].endswith("Z")


def check_dimension(dim, n, name):
    category = dim["category"]
    index = category["index"]
    assert isinstance(index, list) and len(index) == n == len(set(index)), name
    assert set(category["label"]) == set(index), name
    for extra in ("unit", "note"):
        assert set(category.get(extra, {})) <= set(index), (name, extra)


def cells(dataset):
    """(unit, indicator, period) -> {"verdi": (value, status), ...}"""
    dims = [dataset["dimension"][i]["category"]["index"] for i in dataset["id"]]
    found, at = {}, 0
    for u in dims[0]:
        for i in dims[1]:
            for p in dims[2]:
                found[u, i, p] = {}
                for what in dims[3]:
                    found[u, i, p][what] = (dataset["value"][at], dataset["status"].get(str(at)))
                    at += 1
    return found
