"""What published chat templates give for message sets of ours, from the reference package.

usage: make_chat_templates.py TEMPLATES_FOLDER OUT.json [CLI]     (transformers, jinja2)
TEMPLATES_FOLDER holds *.jinja and templates.json, which are not part of this repository; written are
the message sets, and per template and set the length in bytes and the begin of the SHA-256 of the
reference's text, or null where the reference refuses. With CLI, ours is rendered too and differences are printed.
"""
import hashlib, json, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "differential"))
import jinja_reference

WEATHER = {"type": "function", "function": {
    "name": "current_weather", "description": "Says how the weather is at a place",
    "parameters": {"type": "object", "properties": {
        "place": {"type": "string", "description": "A town, for instance \"Zürich\""},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"], "default": "celsius"},
        "days": {"type": ["integer", "null"], "minimum": 1, "maximum": 7},
        "hours": {"type": "array", "items": {"type": "number"}, "description": "At which hours"}},
        "required": ["place"]}}}
SEARCH = {"type": "function", "function": {
    "name": "find_notes", "description": "Finds notes <b>& more</b>.",
    "parameters": {"type": "object", "properties": {
        "query": {"oneOf": [{"type": "string", "format": "date"}, {"type": "integer", "format": "year"}]},
        "where": {"type": "object", "description": "Which folder", "properties": {
            "folder": {"type": "string", "nullable": True, "examples": ["it's", "a"]}, "deep": {"type": "boolean", "default": True}},
            "required": ["folder"]},
        "grid": {"type": "array", "items": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}},
        "any": {"type": "array"}}}}}
NO_PARAMETERS = {"type": "function", "function": {"name": "now", "description": "The time", "parameters": {"type": "object", "properties": {}}}}
SYSTEM = {"role": "system", "content": "You answer in one sentence. "}
ASK = {"role": "user", "content": "What is the weather in Zürich?"}
ANSWER = {"role": "assistant", "content": "It is sunny.\nAnd warm."}
THANKS = {"role": "user", "content": " Thanks — \"quoted\" 'single' {{ x }} {% y %} <tag> 日本 🙂\n\ttab "}


def call(arguments, content, name="current_weather", id="abcdef123"):
    message = {"role": "assistant", "content": content,
               "tool_calls": [{"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}]}
    if content is ...: del message["content"]
    return message


def result(content, id="abcdef123"):
    return {"role": "tool", "tool_call_id": id, "name": "current_weather", "content": content}


PLACE = {"place": "Zürich", "days": 3, "precise": True, "scale": 1.0, "nothing": None, "hours": [6, 12.5]}
AS_TEXT = json.dumps(PLACE, ensure_ascii=False)
SETS = {
    "user": {"messages": [ASK]},
    "system": {"messages": [SYSTEM, ASK]},
    "turns": {"messages": [SYSTEM, ASK, ANSWER, THANKS]},
    "turns without system": {"messages": [ASK, ANSWER, THANKS, ANSWER, ASK]},
    "ends with an answer": {"messages": [ASK, ANSWER]},
    "nothing": {"messages": []},
    "empty texts": {"messages": [{"role": "system", "content": ""}, {"role": "user", "content": ""}, {"role": "assistant", "content": ""}, ASK]},
    "assistant first": {"messages": [ANSWER, ASK]},
    "two systems": {"messages": [SYSTEM, ASK, ANSWER, SYSTEM, ASK]},
    "unknown role": {"messages": [ASK, {"role": "narrator", "content": "Meanwhile"}]},
    "no content": {"messages": [{"role": "user"}]},
    "parts": {"messages": [{"role": "user", "content": [{"type": "text", "text": "First"}, {"type": "text", "text": "second"}]}]},
    "thoughts": {"messages": [ASK, {"role": "assistant", "content": "<think>\nhm\n</think>\n\nYes.", "reasoning_content": "hm"}, THANKS]},
    "tools": {"messages": [SYSTEM, ASK], "tools": [WEATHER, SEARCH, NO_PARAMETERS]},
    "tools without system": {"messages": [ASK], "tools": [WEATHER]},
    "no tools": {"messages": [SYSTEM, ASK], "tools": []},
    "call": {"messages": [ASK, call(PLACE, ...), result("{\"degrees\": 21}")], "tools": [WEATHER]},
    "call as text": {"messages": [ASK, call(AS_TEXT, ""), result("21 degrees"), ANSWER, THANKS], "tools": [WEATHER, SEARCH]},
    "call with none": {"messages": [SYSTEM, ASK, call(AS_TEXT, None), result("21 degrees"), ANSWER], "tools": [WEATHER]},
    "call with content": {"messages": [SYSTEM, ASK, call(PLACE, "I look."), result("a"), ANSWER], "tools": [WEATHER]},
    "two calls": {"messages": [ASK, {"role": "assistant", "content": "", "tool_calls":
                  [call(PLACE, "")["tool_calls"][0], call({"query": "a<b"}, "", "find_notes", "abcdef124")["tool_calls"][0]]},
                  result("1"), result("2", "abcdef124"), THANKS], "tools": [WEATHER, SEARCH]},
    "result as parts": {"messages": [ASK, call(PLACE, None), result({"degrees": 21.50, "list": [True, None]})], "tools": [WEATHER]},
    "result without tools": {"messages": [ASK, call(PLACE, ""), result("x")]},
    "plan": {"messages": [ASK, {**call(PLACE, ...), "tool_plan": "Look it up"}, result("21")], "tools": [WEATHER]},
    "documents": {"messages": [SYSTEM, ASK], "documents": [{"title": "One", "text": "A \"text\""}, {"title": "Two", "text": "Other"}]},
    "tools in the system": {"messages": [SYSTEM, ASK], "tools": [WEATHER], "tools_in_user_message": False, "builtin_tools": ["web", "code_interpreter"]},
    "own date": {"messages": [ASK], "date_string": "1 May 2025", "datetime": "1 May 2025", "functions": "[]"},
    "thinking off": {"messages": [ASK], "enable_thinking": False, "thinking": False},
    "interpreter": {"messages": [ASK, call("print(1)", "", "python")], "tools": [{"type": "code_interpreter"}, WEATHER]},
}
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


def cases():
    for name, values in SETS.items():
        for prompt in (False, True):
            yield name + (" + prompt" if prompt else ""), {**SPECIAL, "tools": None, "documents": None, **values, "add_generation_prompt": prompt}
    yield "bare", {"messages": [SYSTEM, ASK]}


def templates(folder):
    for file in sorted(folder.glob("*.jinja")): yield file.name, file.read_bytes().decode()
    for index, row in enumerate(json.loads((folder / "templates.json").read_text())):
        yield f"{index} {row['model']}", row["chat_template"]


def main():
    folder, out, wrong = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 0
    sets, expected = dict(cases()), {}
    for template, source in templates(folder):
        rows = expected[template] = {}
        for name, values in sets.items():
            text = jinja_reference.render(source, values)
            rows[name] = None if text is None else [len(text.encode()), hashlib.sha256(text.encode()).hexdigest()[:32]]
            if len(sys.argv) > 3:
                import ours_render
                ours, problem = ours_render.render(sys.argv[3], source, values)
                if ours != text:
                    wrong += 1
                    at = next((i for i, (a, b) in enumerate(zip(ours or "", text or "")) if a != b), min(len(ours or ""), len(text or "")))
                    print(f"{template} / {name}: {problem}\n  ours      {(ours if ours is None else ours[max(0, at - 60):at + 60])!r}\n"
                          f"  reference {(text if text is None else text[max(0, at - 60):at + 60])!r}", flush=True)
    line = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    lines = lambda rows: "{\n" + ",\n".join(f"{line(name)}:{line(row)}" for name, row in rows.items()) + "\n}"
    out.write_text(f'{{"now":{line(jinja_reference.NOW.isoformat())},"sets":{lines(sets)},"expected":{lines(expected)}}}\n')
    print(len(expected), "templates,", len(sets), "sets;", wrong, "differ")


main()
