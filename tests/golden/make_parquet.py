"""Writes the Parquet files of tests/data/data_files with pyarrow: the column types that data sets use, and hostile ones.

    pip install pyarrow==26.0.1; python tests/golden/make_parquet.py
"""
import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent.parent / "data" / "data_files"
ROWS = 100

question = [f"Question {i}: где 在哪里 ?" for i in range(ROWS)]
table = pa.table({
    "question": pa.array(question, pa.string()),
    "context": pa.array([f"Text {i}. " * 30 for i in range(ROWS)], pa.large_string()),
    "answers": pa.array([[f"a{i}", f"b{i}"][: i % 3] for i in range(ROWS)], pa.list_(pa.string())),
    "length": pa.array(range(ROWS), pa.int32()),
    "score": pa.array([i / 4 for i in range(ROWS)], pa.float64()),
    "kept": pa.array([i % 2 == 0 for i in range(ROWS)], pa.bool_()),
    "nested": pa.array([{"text": [f"t{i}"], "start": i} for i in range(ROWS)],
                       pa.struct([("text", pa.list_(pa.string())), ("start", pa.int64())])),
    "language": pa.array(["en", "zh"] * (ROWS // 2)).dictionary_encode(),
    "missing": pa.array([None if i % 5 else f"m{i}" for i in range(ROWS)], pa.string()),
    "day": pa.array([datetime.date(2024, 1, 1)] * ROWS, pa.date32()),
    "price": pa.array([decimal.Decimal("1.25")] * ROWS, pa.decimal128(5, 2)),
})
FOLDER.mkdir(parents=True, exist_ok=True)
pq.write_table(table, FOLDER / "records.parquet", row_group_size=40, compression="snappy")
pq.write_table(pa.table({"bytes": pa.array([b"\x00\xff"])}), FOLDER / "bytes.parquet")
# A few bytes that unpack to 40 million values in one row, and to a list that is larger as JSON than its bytes.
pq.write_table(pa.table({"many": pa.array([[0] * 40_000_000], pa.list_(pa.int8())),
                         "some": pa.array([[0] * 100_000], pa.list_(pa.int8()))}),
               FOLDER / "dense.parquet", compression="zstd")
