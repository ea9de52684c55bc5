"""This project's rendering of a template: the command line's `render`."""
import json
import pathlib
import subprocess
import tempfile

from jinja_reference import NOW


def render(cli, source, values):
    """The text, or None where our renderer refuses; and what it says then."""
    with tempfile.TemporaryDirectory() as folder:
        template, context = pathlib.Path(folder, "t.jinja"), pathlib.Path(folder, "c.json")
        template.write_bytes(source.encode())
        context.write_text(json.dumps(values))
        done = subprocess.run([cli, "render", "--template", template, "--context", context, "--now", NOW.isoformat()],
                              capture_output=True, timeout=60)
    if done.returncode < 0: return "", f"ended by signal {-done.returncode}"
    if done.returncode: return None, done.stderr.decode(errors="replace").strip()
    return done.stdout.decode(errors="replace"), ""
