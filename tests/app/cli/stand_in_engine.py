#!/usr/bin/env python3
"""Stands in for loomscope-engine where answers do not matter: speaks its protocol (core/servers/engine_protocol.h) and
answers every request at once with one of a few short texts. Requests that would not fit the window are refused."""
import struct
import sys

ANSWERS = ["The answer is (A).", "1", "[1]", "Да", '{"answer": 1}', "B", "The number is 4711. [1][2]", "", "I don't know."]


def head(major, number):
    for code, width, form in ((24, 1, ">B"), (25, 2, ">H"), (26, 4, ">I"), (27, 8, ">Q")):
        if number < 24:
            return bytes([major << 5 | number])
        if number < 1 << 8 * width:
            return bytes([major << 5 | code]) + struct.pack(form, number)
    raise ValueError(number)


def to_cbor(value):
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", True: b"\xf5", False: b"\xf4"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(to_cbor, value))
    return head(5, len(value)) + b"".join(to_cbor(key) + to_cbor(part) for key, part in value.items())


class Cbor:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def value(self):
        major, number = divmod(self.take(1)[0], 32)
        if major == 7:
            if number in (20, 21, 22):
                return {20: False, 21: True, 22: None}[number]
            form, width = {26: (">f", 4), 27: (">d", 8)}[number]
            return struct.unpack(form, self.take(width))[0]
        if number >= 24:
            number = int.from_bytes(self.take(1 << number - 24), "big")
        if major in (0, 1):
            return number if major == 0 else -1 - number
        if major in (2, 3):
            return self.take(number) if major == 2 else self.take(number).decode()
        if major == 4:
            return [self.value() for _ in range(number)]
        if major == 6:  # a tag says nothing here
            return self.value()
        return {self.value(): self.value() for _ in range(number)}


def send(message):
    body = to_cbor(message)
    sys.stdout.buffer.write(struct.pack("<I", len(body)) + body)
    sys.stdout.buffer.flush()


def answer(request, window):
    tokens = len(request["ids"]) // 4
    send({"type": "started", "id": request["id"]})
    if tokens + request["max_new_tokens"] > window:
        send({"type": "finished", "id": request["id"], "error": {
            "kind": "invalid_input", "where": "stand-in", "remedy": "",
            "message": f"{tokens} + {request['max_new_tokens']} tokens do not fit {window}"}})
        return
    text = ANSWERS[(request["id"] + tokens) % len(ANSWERS)]
    send({"type": "finished", "id": request["id"], "result": {
        "id": request["id"], "ids": struct.pack("<3i", 5, 6, 7), "text": text, "finish_reason": "end_of_text",
        "tokens_prefilled": tokens, "tokens_reused": 0, "prefill_new_s": 0.001, "prefill_reused_s": 0.0,
        "decode_s": 0.001, "peak_memory": 1000}})


def main():
    window = 0
    send({"type": "hello", "version": 2})
    while len(length := sys.stdin.buffer.read(4)) == 4:
        message = Cbor(sys.stdin.buffer.read(struct.unpack("<I", length)[0])).value()
        if message["type"] == "load":
            window = message["window"] or 8192
            send({"type": "loaded", "architecture": "llama", "window_tokens": 8192, "vocabulary": 49152,
                  "weight_bytes": 1, "weights_hash": "", "kernel_version": "stand-in", "device_name": "stand-in",
                  "chunk_tokens": 512, "load_s": 0.1, "torch_version": "0", "device_memory": 1 << 30})
        elif message["type"] == "generate":
            for request in message["requests"]:
                answer(request, window)
            send({"type": "done"})
        elif message["type"] == "measure":
            send({"type": "rates", "prefill": [[0, 512, 0.1, 100]], "decode": [[1, 0, 0.01]], "state_bytes": 100})
        elif message["type"] == "bye":
            break
        else:
            send({"type": "error", "kind": "unsupported", "message": "not by the stand-in: " + message["type"],
                  "where": "", "remedy": ""})


main()
