"""Writes tests/data/parquet_benchmarks with pyarrow: fixtures of tests/data/benchmarks as Parquet, in the layouts that
data sets have on the hub.

    pip install pyarrow==26.0.1; python tests/golden/make_parquet_benchmarks.py
"""
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

DATA = Path(__file__).resolve().parent.parent / "data"
# Fixture, then the place below the benchmark's folder; "{}" is the number of a shard.
TABLES = [
    ("libra/passkey.jsonl", "passkey/test-0000{}-of-00002.parquet"),
    ("longbench/data/hotpotqa.jsonl", "hotpotqa/test/000{}.parquet"),
    ("longbench_v2/data.json", "data/train-00000-of-00001.parquet"),
    ("infinitebench/passkey.jsonl", "default/passkey/0000.parquet"),
    ("leval/coursera.jsonl", "coursera/test.parquet"),
    ("loogle/longdep_qa.jsonl", "longdep_qa/test-00000-of-00001.parquet"),
    ("babilong/data/qa1/1k.json", "1k/qa1-00000-of-00001.parquet"),
    ("lveval/cmrc_mixup_16k.jsonl", "data/cmrc_mixup_16k.parquet"),
]

for fixture, place in TABLES:
    text = (DATA / "benchmarks" / fixture).read_text(encoding="utf-8")
    records = json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in text.splitlines()]
    parts = [records[:1], records[1:]] if "{}" in place else [records]
    for number, part in enumerate(parts):
        file = DATA / "parquet_benchmarks" / fixture.split("/")[0] / place.format(number)
        file.parent.mkdir(parents=True, exist_ok=True)
        schema = pa.Table.from_pylist(records).schema
        pq.write_table(pa.Table.from_pylist(part, schema=schema), file, compression="snappy")
        print(file.relative_to(DATA), len(part), schema.names)

# Questions and passages nested, as lists of structs and as structs of lists.
PAIRS = [{"Q": "<mask-0> sold the mill.", "A": {"<mask-0>": "Ada", "<mask-1>": None}, "S": ["a"]},
         {"Q": "<mask-0> met <mask-1>.", "A": {"<mask-0>": "Otto", "<mask-1>": "Nora"}, "S": ["b"]}]
DOCS = [{"title": "Mill", "text": "The mill stands empty."}, {"title": "Park", "text": "The park has a pond."}]


def turned(rows):
    return {name: [row[name] for row in rows] for name in rows[0]}


for form, nested in [("rows", list), ("columns", turned)]:
    folder = DATA / "parquet_benchmarks/nested" / form
    for place, row in [
            ("shortdep_cloze/test-00000-of-00001.parquet",
             {"input": "Ada sold the mill. Otto met Nora.", "title": "Mill", "qa_pairs": nested(PAIRS), "output": "none"}),
            ("L-CiteEval-Data_hotpotqa/test-00000-of-00001.parquet",
             {"id": 1, "question": "What stands empty?", "answer": "the mill", "docs": nested(DOCS), "length": 20})]:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist([row]), folder / place, compression="snappy")
