"""This project's tokenizer as a process that answers a line of ids to a line of text."""
import base64
import json
import subprocess


def line_of(document):
    """Bytes as a line of JSON; what is no UTF-8 as base64."""
    try:
        return json.dumps(document.decode()).encode() + b"\n"
    except UnicodeDecodeError:
        return json.dumps({"base64": base64.b64encode(document).decode()}).encode() + b"\n"


class Ours:
    def __init__(self, cli, file):
        self.process = subprocess.Popen([cli, "tokenize", "--model", str(file), "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def encode(self, document):
        self.process.stdin.write(line_of(document))
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the tokenizer ended with status {self.process.wait()}")
        return json.loads(answer)["ids"]

    def close(self):
        self.process.stdin.close()
        return self.process.wait()
