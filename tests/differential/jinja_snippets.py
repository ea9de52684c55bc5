"""Small templates rendered by the reference and by this project: statements, expressions, every filter,
test and global (but random and lipsum, which give another result each time), methods, white space and what is refused.

usage: jinja_snippets.py --golden OUT.json      writes what the reference gives: [template, text or null]
       jinja_snippets.py CLI                    compares the command line's `render` with the reference
(transformers, jinja2.) Exit status 1 when a row differs. All rows see the same values.
"""
import json
import sys

import jinja_reference

VALUES = {
    "bos_token": "<s>", "n": 7, "neg": -7, "f": 2.5, "big": 1e20, "small": 1.5e-7, "yes": True, "no": False, "nil": None,
    "word": "hello World", "text": "  Some text,\n with\ttabs é ü 日本 🙂 <b>&\"'</b>  ", "empty": "", "digits": "0123",
    "ints": [3, 1, 2, 3], "words": ["b", "A", "c", "a", "B"], "none_list": [], "mixed": [1, "a", None, True, 2.5, [1], {"k": "v"}],
    "d": {"b": 2, "a": 1, "C": 3}, "nested": {"list": [{"x": 1}, {"x": 2}], "items": "mine", "deep": {"er": {"est": "x"}}},
    "people": [{"name": "Ann", "age": 30, "city": "Bern"}, {"name": "bob", "age": 25, "city": "aarau"},
               {"name": "Cid", "age": 30, "city": "Bern"}, {"name": "Dee", "age": 4}],
    "angle": "<", "angles": ["<", ">"], "attributes": {"k": "<"}, "linked": "see www.a.com <b>",
    "html": "<p class=\"a\">One &amp; <!-- gone --> two</p>\n<br>three", "lines": "one\r\ntwo\n\nthree\x0bfour\u2028five\n",
}
ROWS = {}


def rows(name, *templates):
    ROWS[name] = templates


def each(name, pattern, *parts):
    """The pattern with every part in the place of @."""
    rows(name, *(pattern.replace("@", part) for part in parts))


each("numbers", "{{ @ }}", "1", "-1", "+1", "1_000", "0x1F", "0b101", "0o17", "00", "1.5", "1e3", "1.5E-3", "1_0.0_1", "007", "1.", "0.1+0.2", "1e16",
     "1e15", "123456789012.5", "1e-4", "0.00001", "-0.0", "5 // 2", "-5 // 2", "5 // -2", "5.5 // 2", "-5 % 3", "5 % -3", "5.5 % 2", "-5.5 % 2", "2 ** 10",
     "2 ** -1", "2 ** 0.5", "2 ** 3 ** 2", "-2 ** 2", "(-8) ** 2", "0 ** 0", "0 ** -1", "7 / 2", "6 / 2", "1 / 0", "1 // 0", "1 % 0", "1.0 % 0", "1 + 2 * 3", "(1 + 2) * 3",
     "10 - 3 - 2", "true + true", "true * 3", "1 + 1.0", "1 == 1.0", "1 == true", "'1' == 1", "9223372036854775807", "-9223372036854775807", "3 * 'ab'", "'ab' * 0",
     "'ab' * -1", "[1, 2] * 2", "2 * [1]", "(1,) * 2", "'a' + 1", "1 + 'a'", "[1] + [2]", "[1] + (2,)", "(1,) + (2,)", "none + 1", "{} + {}", "-'a'", "-none", "+true",
     "- -3", "--3", "not 1", "not not 1", "1 ~ 2", "1 ~ none ~ true ~ 1.0", "'a' ~ [1, 'b']", "1 ~ 2 + 3", "1 + 2 ~ 3", "2 * 3 ~ 4", "1.0 * 3", "2 ** 62", "10 ** 18", "1.5 ** 2",
     "7 // 2.0", "7.0", "100000000000000000.0", "1e22", "1.0e-10", "nan", "3.0 == 3", "0.1 * 3")
each("comparisons", "{{ @ }}", "1 < 2 < 3", "1 < 3 < 2", "3 > 2 >= 2", "1 < 2 == true", "'a' < 'b'", "'B' < 'a'", "[1, 2] < [1, 3]", "(1, 2) < (1, 2, 0)", "(1,) == [1]", "[1] == [1.0]",
     "{'a': 1} == {'a': 1.0}", "{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "none == false", "none < 1", "'a' < 1", "[] < {}", "1 in [1, 2]", "1 not in [1, 2]", "'a' in 'abc'", "1 in 'abc'", "'b' in d", "2 in d",
     "'' in 'a'", "missing in [1]", "'a' in missing", "missing == missing", "missing == none", "missing < 1", "missing == empty", "1 in 5", "'a' in none", "[1] in [[1]]", "[1] in {}", "nan == nan",
     "1 != 2 != 1", "true and 'x'", "0 and 'x'", "0 or 'x'", "'' or none", "[] or {} or 0", "1 and 2 or 3", "not 0 and 1", "not (1 and 0)", "1 if 2 else 3", "1 if 0 else 3", "1 if 0", "1 if 0 else 2 if 0 else 3",
     "'a' if missing else 'b'", "1 < 2 and 2 < 3", "1 is odd and 2 is even", "not 1 is odd", "1 is not odd", "1 in [1] and 2 in [1]", "1 == 1 in [true]", "(1 == 1) in [true]", "1 > 0 is odd")
each("collections", "{{ @ }}", "[]", "()", "{}", "(1)", "(1,)", "(1, 2)", "1, 2", "[1, 2,]", "[(1, 2), [3]]", "{'a': 1, 'b': [1]}", "{1: 2, none: 3, 1.5: 4, (1, 2): 5, true: 6}", "{'a': 1, 'a': 2}", "{[1]: 2}",
     "['it\\'s', 'say \"x\"', 'both \\' and \"']", "['\\n\\t\\\\\\x01\\x7f é\\u00a0\\u200b🙂']", "mixed", "d", "nested", "[missing]", "people[0]", "d.items()", "d.keys()", "d.values()", "range(3)", "range(1, 4)",
     "range(3)[1]", "range(10)[2:5]", "range(3)|list", "range(0)|list", "range()", "range(1, 2, 0)", "range('a')", "range(1.5)", "range(100001)", "range(5, 0, -2)", "range(0, 10, 3)", "range(0, 10, 3)|list", "range(3, 3)", "range(5, 2)", "range(7)[::2]", "range(7)[5:1:-2]", "range(0, 10, 3)[1:]", "range(10)[::-1]", "range(4)[9:]", "range(5, 0, -2).stop", "range(5, 0, -2).start ~ range(5, 0, -2).step", "range(3, 3).start", "[range(1, 8, 4)]", "range(0, 4, 2) == range(0, 3, 2)", "range(2)|pprint", "(1, range(2))|pprint", "{range(1): 2}", "range(3) == range(0, 3)", "dict(a=1, b=2)", "dict([('x', 1)])", "dict(d, z=1)", "dict([1])", "dict(1)", "dict()",
     "dict(**d)", "dict.fromkeys(['a', 'b'])", "dict.fromkeys('ab', 0)", "namespace(a=1).a", "namespace(d).C", "namespace(a=1)", "namespace(_a=1)", "(1, 2)[0]", "{'a': {'b': 1}}['a'].b", "[[1, 2], [3]][0][1]")
each("access", "{{ @ }}", "d.a", "d['a']", "d.missing", "d['missing']", "d.missing.x", "d['missing']['x']", "missing", "missing.x", "missing['x']", "missing[0]", "missing()", "d.items", "d.pop", "d.pop('a')", "d.update({})", "ints.append(1)", "ints.sort()",
     "nested.items", "nested['items']", "nested.items() | length", "nested.list[0].x", "nested.list[-1].x", "nested.list[9]", "nested.list['x']", "nested.deep.er.est", "ints[0]", "ints.0", "ints[-1]", "ints[1.0]", "ints[true]", "ints['a']", "ints[none]", "word[0]", "word[-1]",
     "word[99]", "word['upper']()", "word.upper()", "n.x", "nil.x", "nil['x']", "n[0]", "yes.x", "f.is_integer()", "2.0.is_integer()", "n.bit_length()", "word.__class__", "d.__class__", "''.__class__.__mro__", "d._x", "nested.deep['er']['est']", "d.get('a')", "d.get('q')",
     "d.get('q', 5)", "d.get()", "d.get('q', default=5)", "d.get([1])", "d.copy()", "ints.copy()", "ints.index(2)", "ints.index(9)", "ints.index(3, 1)", "ints.count(3)", "(1, 2).index(2)", "(1, 1).count(1)", "d.keys()|list", "d.values()|list", "d.items()|list", "d.items()[0]",
     "d.keys()[0]", "d.values() | sum", "'a' in d.keys()", "1 in d.values()", "('a', 1) in d.items()", "d.items()|length", "d.keys() == d.keys()", "d is mapping", "d[1]", "d[[1]]", "text[3:7]", "'abc'[::-1]", "'abcdef'[1:-1:2]", "'abc'[5:]", "'abc'[:-5]", "ints[::-1]", "ints[1:]", "ints[:2]",
     "ints[-2:]", "ints[::2]", "ints[::0]", "(1, 2, 3)[1:]", "d[1:2]", "n[1:]", "missing[1:]", "ints['a':]", "ints[none:2]", "'日本語'[1]", "'日本語'[-1:]")
S = ["lower()", "upper()", "title()", "capitalize()", "swapcase()", "casefold()", "strip()", "lstrip()", "rstrip()", "strip('h d')", "lstrip('he')", "rstrip('ld')", "strip(none)", "split()", "split('o')", "split('o', 1)", "split(maxsplit=1)", "split(sep=' ')",
     "split('')", "rsplit()", "rsplit('o', 1)", "rsplit(none, 1)", "splitlines()", "partition('o')", "rpartition('o')", "partition('x')", "rpartition('x')", "partition('')", "find('o')", "find('o', 5)", "find('o', 5, 7)", "find('x')", "rfind('o')", "rfind('o', 0, 5)", "index('o')", "index('x')",
     "rindex('o')", "count('o')", "count('')", "count('o', 5)", "startswith('he')", "startswith(('x', 'h'))", "startswith('W', 6)", "endswith('ld')", "endswith(['ld'])", "endswith('o', 0, 5)", "startswith(1)", "replace('o', '0')", "replace('o', '0', 1)", "replace('', '-')", "replace('', '-', 2)", "replace('o')",
     "replace('o', '0', count=1)", "replace('l', '')", "removeprefix('he')", "removesuffix('ld')", "removeprefix('x')", "zfill(15)", "zfill(3)", "ljust(15) ~ '|'", "rjust(15)", "center(16) ~ '|'", "center(15, '*')", "ljust(13, '.')", "rjust(13, 'ab')", "center(3)", "expandtabs()", "join(['a', 'b'])", "join('ab')", "join([1])",
     "isdigit()", "isalpha()", "isalnum()", "isspace()", "islower()", "isupper()", "istitle()", "isnumeric()", "isdecimal()", "isidentifier()", "isascii()", "isprintable()", "upper(1)", "nothing()", "strip(1)", "split(1)", "find()", "translate({104: 'j'})", "translate({'l': none})"]
each("text methods", "{{ word.@ }}", *S)
each("more text methods", "{{ @ }}", "'+5'.zfill(4)", "'-5'.zfill(4)", "''.zfill(2)", "''.split()", "''.split(',')", "' a  b '.split(' ')", "' a  b '.rsplit(none, 1)", "' a b c '.split(none, 1)", "lines.splitlines()", "lines.splitlines(true)", "lines.splitlines(keepends=true)", "''.splitlines()",
     "'ǆ ß ﬁ İ'.title()", "'ß'.upper()", "'ß'.casefold()", "'İ'.lower()", "'ΑΣ'.lower()", "'it\\'s a dog\\'s'.title()", "'éCOLE'.capitalize()", "'aB'.swapcase()", "'²'.isdigit()", "'²'.isdecimal()", "'½'.isnumeric()", "'½'.isdigit()", "'五'.isnumeric()", "'五'.isalpha()", "'abc1'.isalnum()", "'é'.isalpha()", "'a b'.isalpha()",
     "''.isdigit()", "''.isalpha()", "''.isascii()", "'é'.isascii()", "'a1'.islower()", "'1'.islower()", "'A1'.isupper()", "'Hello World'.istitle()", "'Hello world'.istitle()", "'a_1'.isidentifier()", "'1a'.isidentifier()", "'\\u00a0\\u2003'.isspace()", "'\\u200b'.isspace()", "'a\\tb'.expandtabs(4)", "'a\\tb\\n\\tc'.expandtabs()",
     "'\\x1c a \\u3000'.strip()", "'\\u200ba'.strip()", "'ab'.join(['1', '2', '3'])", "', '.join(words)", "', '.join(d)", "''.join(missing)", "'x'.join(5)", "'aXbXc'.split('X', 0)", "'aXbXc'.rsplit('X', 1)", "'aaa'.replace('aa', 'b')", "'aaa'.count('aa')", "'日本'.find('本')", "'日本'.center(6, '＊')", "'a,b'.partition(',')[0]", "'abc'.find('')",
     "'abc'.rfind('')", "'abc'.find('', 9)", "'abc'.find('c', -1)", "'x'.center(0)", "'x'.center(4, 'ab')", "'x' is string", "'abc'.removeprefix('abc')", "'abc'.removesuffix('')")
each("format", "{{ @ }}", "'%s' % 1", "'%s %s' % (1, 'a')", "'%d' % 3.9", "'%d' % 'a'", "'%i|%u' % (1, 2)", "'%5d|%-5d|%05d|%+d|% d' % (1, 2, 3, 4, 5)", "'%x %X %#x %o %#o' % (255, 255, 255, 8, 8)", "'%x' % 1.5", "'%f %.2f %8.3f %-8.1f|' % (1.5, 2.345, 3.14159, 2)", "'%e %.3E %g %g %G' % (12345.678, 0.00012, 0.0001, 1e10, 1e-10)",
     "'%r %s %a' % ('é', 'é', 'é')", "'%c%c' % (97, 'b')", "'%c' % 'ab'", "'%%'", "'%%' % ()", "'100%% %s' % 'x'", "'%(a)s and %(b)d' % d", "'%(q)s' % d", "'%s' % d", "'%s' % [1, 2]", "'%s' % none", "'%s %s' % 1", "'%s' % (1, 2)", "'%s' % ()", "'x' % 1", "'x' % ()", "'x' % d", "'x' % [1]", "'%' % 1", "'%q' % 1", "'%10s|%-10s|%.2s' % ('abc', 'abc', 'abc')", "'%*d|%.*f' % (5, 42, 1, 2.55)",
     "'%.0f %.0f %.0f' % (0.5, 1.5, 2.5)", "'%s' % 1.0", "'%d' % true", "'%5.1f%%' % 99.55", "'%s' % missing", "'%d' % missing", "'%f' % 'a'", "'%s' % 'é🙂'", "'%4s|' % '日本'", "'{}'.format(1)", "'{} {}'.format(1, 'a')", "'{0} {1} {0}'.format('a', 'b')", "'{a} {b}'.format(a=1, b=2)", "'{} {0}'.format(1)", "'{'.format()", "'}'.format()", "'{{}}'.format()", "'{:>5}|{:<5}|{:^5}|{:*^7}'.format('a', 'b', 'c', 'd')",
     "'{:5}|{:5}'.format('a', 1)", "'{:05d} {:+d} {: d} {:x} {:#x} {:b} {:o} {:c} {:,} {:_}'.format(42, 42, 42, 255, 255, 5, 8, 97, 1234567, 1234567)", "'{:.2f} {:8.3f} {:e} {:g} {:%} {:.1%} {:,.2f}'.format(3.14159, 2.5, 12345.678, 0.0001, 0.25, 0.123, 1234567.891)", "'{:.3}'.format('abcdef')", "'{!r} {!s} {!a}'.format('é', 'é', 'é')", "'{0[0]} {0[1]}'.format([1, 2])", "'{p[name]}'.format(p=people[0])",
     "'{0.upper}'.format('a') is string", "'{x}'.format(y=1)", "'{}'.format()", "'{:d}'.format('a')", "'{:s}'.format(1)", "'{:q}'.format(1)", "'{:{}}|'.format('a', 4)", "'{:>{w}}'.format('a', w=4)", "'{}'.format(none)", "'{}'.format([1, 'a'])", "'{:10}'.format(none)", "'{:.1f}'.format(2)", "'{}'.format(1.0)", "'{:g} {:g}'.format(100000.0, 1000000.0)", "'{:n}'.format(5)", "'{:.0f}'.format(2.5)", "'{:010.2f}'.format(-3.14159)", "'{:=+8d}'.format(5)",
     "'{a}'.format_map(d)", "'{a}'.format_map({})", "'{:}'.format('x')", "'{:<}'.format('x')", "'{:é>4}'.format('x')", "'{!x}'.format(1)", "'{:,d}'.format(-1234)", "'{:e}'.format(0)", "'{:5d}|'.format(true)", "'{}'.format(true)", "'%s %s'|format(1, 2)", "'%(x)s'|format(x=1)", "'%s'|format(1, x=2)", "'%s'|format", "'%.3f'|format(f)", "'x'|format(1)", "5|format(1)")
each("filters", "{{ @ }}", "neg|abs", "-2.5|abs", "true|abs", "'a'|abs", "missing|abs", "d|attr('a')", "word|attr('upper')", "d|attr('items')", "ints|batch(2)|list", "ints|batch(3, 'x')|list", "ints|batch(2)", "word|capitalize", "n|capitalize", "'x'|center(5)", "'x'|center", "ints|count", "missing|count", "n|count", "missing|d('x')", "empty|d('x')",
     "empty|default('x', true)", "missing|default", "nil|default('x')", "d|dictsort", "d|dictsort(true)", "d|dictsort(false, 'value')", "d|dictsort(reverse=true)", "d|dictsort(by='x')", "ints|dictsort", "html|e", "html|escape|escape", "n|e", "nil|e", "1000|filesizeformat", "1|filesizeformat", "0|filesizeformat", "1500000|filesizeformat", "1500000|filesizeformat(true)", "'12'|filesizeformat",
     "1e30|filesizeformat", "'x'|filesizeformat", "ints|first", "none_list|first", "missing|first", "word|first", "d|first", "n|first", "'1.5'|float", "'x'|float", "'x'|float(2.0)", "none|float", "n|float", "' 1.5 '|float", "'1_0.5'|float", "'inf'|float", "'nan'|float", "'1e5'|float", "'0x10'|float", "[]|float", "html|forceescape", "(html|e)|forceescape", "people|groupby('age')",
     "people[:3]|groupby('city')", "people|groupby('city', default='none')", "people|groupby('city')", "people[:3]|groupby('city', case_sensitive=true)|list", "'a\\nb\\n\\nc'|indent", "'a\\nb\\n\\nc'|indent(2, true)", "'a\\nb\\n\\nc'|indent(2, blank=true)", "'a\\nb'|indent('> ')", "'a\\n'|indent ~ '|'", "''|indent ~ '|'", "lines|indent(1)", "n|indent", "'5'|int", "'5.9'|int", "'x'|int", "'x'|int(3)",
     "'0x1f'|int(base=16)", "'1f'|int(0, 16)", "'0b11'|int(0, 2)", "'0o17'|int(base=8)", "'z'|int(base=36)", "'12'|int(base=0)", "' 5 '|int", "'1_000'|int", "'-5'|int", "none|int", "2.9|int", "-2.9|int", "true|int", "[]|int", "''|int", "'1e3'|int", "'inf'|int", "'٣'|int", "missing|int", "d|items|list", "missing|items|list", "ints|items|list", "none|items|list", "ints|join", "ints|join(', ')",
     "people|join(', ', attribute='name')", "words|join(1)", "missing|join", "word|join('-')", "d|join", "n|join", "mixed|join('|')", "ints|last", "none_list|last", "word|last", "d|last", "n|last", "word|length", "n|length", "nil|length", "d|length", "'日本🙂'|length", "missing|length", "(ints|map('string'))|length", "word|list", "d|list", "n|list", "missing|list", "word|lower", "n|lower", "ints|map('string')|list",
     "people|map(attribute='name')|list", "people|map(attribute='city')|list", "people|map(attribute='city', default='?')|list", "people|map(attribute='name.0')|list", "words|map('upper')|join", "words|map('replace', 'a', 'x')|list", "ints|map|list", "ints|map('nofilter')|list", "ints|map('string', attribute='x')|list", "nested.list|map(attribute='x')|sum", "none|map('upper')|list", "n|map('upper')|list", "ints|max", "words|max",
     "words|max(true)", "none_list|max", "people|max(attribute='age')", "mixed|max", "ints|min", "people|min(attribute='age')", "words|min(case_sensitive=true)", "ints|reject('odd')|list", "ints|reject|list", "mixed|reject('none')|list", "people|rejectattr('city')|list|length", "people|rejectattr('age', 'eq', 30)|map(attribute='name')|list", "word|replace('o', '0')", "word|replace('o', '0', 1)", "word|replace('o', '0', count=1)", "n|replace(7, 8)",
     "word|replace('o')", "word|reverse", "ints|reverse|list", "ints|reverse", "n|reverse", "d|reverse|list", "missing|reverse|list", "(1, 2)|reverse|list", "2.5|round", "3.5|round", "42|round", "42.55|round(1)", "2.675|round(2)", "1.005|round(2)", "1234.5|round(-2)", "1234|round(-2)", "42.1|round(method='ceil')", "42.99|round(1, 'floor')", "42.1|round(method='x')", "7|round(method='floor')", "'a'|round", "true|round", "-2.5|round", "0.5|round", "1e300|round(2)",
     "html|safe", "n|safe", "ints|select('odd')|list", "ints|select|list", "ints|select('gt', 2)|list", "ints|select('>', 2)|list", "ints|select('nope')|list", "ints|select('in', [1, 2])|list", "words|select('equalto', 'a')|list", "people|selectattr('city')|map(attribute='name')|list", "people|selectattr('age', 'ge', 25)|map(attribute='name')|join(' ')", "people|selectattr('city', 'defined')|list|length", "people|selectattr('x.y')|list", "people|selectattr|list", "mixed|select('string')|list",
     "ints|slice(3)|list", "ints|slice(3, 'x')|list", "ints|slice(0)|list", "[]|slice(2)|list", "[1,2,3,4,5,6,7]|slice(3, 0)|list", "ints|sort", "ints|sort(true)", "words|sort", "words|sort(case_sensitive=true)", "people|sort(attribute='age')|map(attribute='name')|list", "people|sort(attribute='age,name', reverse=true)|map(attribute='name')|list", "people|sort(attribute='city')|list", "mixed|sort", "d|sort", "word|sort|join", "missing|sort", "n|string", "nil|string", "missing|string", "ints|string",
     "html|striptags", "'a &lt; b &#39;c&#x41; &nbsp;d'|striptags", "'<a href=\"x\">y</a  >\\n\\n z'|striptags", "'a < b > c'|striptags", "n|striptags", "ints|sum", "[]|sum", "[1.5, 2]|sum", "people|sum(attribute='age')", "ints|sum(start=10)", "[[1], [2]]|sum(start=[])", "words|sum", "words|sum(start='')", "[true, 2]|sum", "missing|sum", "word|title", "\"it's o'neil a-b (c) <d> [e] {f}g\"|title", "n|title", "'a\\u00a0b\\tc'|title", "'ÉCOLE ß'|title",
     "text|trim", "'xxaxx'|trim('x')", "n|trim", "nil|trim", "missing|trim", "'foo bar baz qux'|truncate(9)", "'foo bar baz qux'|truncate(9, true)", "'foo bar baz qux'|truncate(11)", "'foo bar baz qux'|truncate(11, false, '...', 0)", "'foo bar baz qux'|truncate(9, end='')", "'foobarbazqux12345'|truncate(5)", "'foo bar'|truncate(2)", "'foo bar baz qux'|truncate(9, leeway=none)", "n|truncate(5)", "[1, 2, 3]|truncate(5)", "'日本語日本語日本語'|truncate(5, true)", "ints|unique|list",
     "words|unique|list", "words|unique(true)|list", "people|unique(attribute='age')|map(attribute='name')|list", "people|unique(attribute='city')|map(attribute='name')|list", "[[1]]|unique|list", "[1, 1.0, true]|unique|list", "word|upper", "nil|upper", "ints|upper", "'a b&c/é?'|urlencode", "d|urlencode", "[('a b', 1), ('c', '/')]|urlencode", "n|urlencode", "nil|urlencode", "word|wordcount", "\"it's a-b c_d 日本 é1\"|wordcount", "''|wordcount", "n|wordcount", "{'class': 'a b', 'id': none, 'x': '<1>'}|xmlattr", "{'a': missing}|xmlattr ~ '|'",
     "{'a b': 1}|xmlattr", "{'a': 1}|xmlattr(false)", "n|xmlattr", "word|nofilter", "ints|length(1)", "word|center(width=15)", "word|center(wide=15)", "word|upper|lower|title", "ints|sort|reverse|first", "-neg|abs", "neg|abs ** 2", "1 + 2|string", "(1 + 2)|string + 'x'", "'a' ~ 1|string", "n|string|length", "word.upper()|lower", "not word|length", "ints|first is odd", "nested.list|first", "nested['list']|last", "word|default('x')|upper", "'a,b'.split(',')|last")
each("wordwrap", "{{ @ }}", "'The quick brown fox jumps over the lazy dog'|wordwrap(10)", "'The quick brown fox'|wordwrap(10, wrapstring='|')", "'Supercalifragilistic is long'|wordwrap(8)", "'Supercalifragilistic is long'|wordwrap(8, false)", "'well-known co-op x-y a-1 mid-\\u00e9t'|wordwrap(5)", "'well-known word-break'|wordwrap(7, break_on_hyphens=false)", "'a  b   c'|wordwrap(3)", "'one\\n\\ntwo three four'|wordwrap(6)",
     "'  leading and trailing  '|wordwrap(9)", "'em--dash and---more'|wordwrap(5)", "''|wordwrap(5)", "'x'|wordwrap(0)", "'a\\tb c'|wordwrap(3)", "word|wordwrap", "n|wordwrap", "'日本語 日本語 abc'|wordwrap(4)", "'a-b-c-d-e-f'|wordwrap(3)", "'foo-bar'|wordwrap(2)", "'--option value'|wordwrap(6)", "'(hello) \"there\" it\\'s'|wordwrap(7)")
each("pprint", "{{ @ }}", "ints|pprint", "d|pprint", "'x'|pprint", "nil|pprint", "(1, 2)|pprint")
each("tojson", "{{ @ }}", "d|tojson", "mixed|tojson", "text|tojson", "nil|tojson", "f|tojson", "1e20|tojson", "1.0|tojson", "'inf'|float|tojson", "'nan'|float|tojson", "-('inf'|float)|tojson", "(1, 2)|tojson", "d|tojson(indent=2)", "nested|tojson(indent=4)", "[]|tojson(indent=2)", "{}|tojson(indent=2)", "[[], {}]|tojson(indent=2)", "d|tojson(indent=0)", "d|tojson(indent='\\t')", "d|tojson(indent=none)", "d|tojson(sort_keys=true)", "d|tojson(true)",
     "'é🙂\\x7f'|tojson(ensure_ascii=true)", "'é🙂'|tojson(ensure_ascii=false)", "d|tojson(separators=(',', ':'))", "d|tojson(indent=1, separators=(', ', ' = '))", "{1: 2, none: 3, true: 4, 1.5: 5}|tojson", "{(1, 2): 3}|tojson", "missing|tojson", "range(3)|tojson", "d.items()|tojson", "d.keys()|list|tojson", "(ints|map('string'))|tojson", "word.upper|tojson", "namespace(a=1)|tojson", "html|tojson", "'\\b\\f\\n\\r\\t\\x00\\x1f\\u2028/'|tojson", "(html|e)|tojson", "{'b': {'z': 1, 'y': 2}, 'a': 1}|tojson(sort_keys=true)",
     "{'a': 1, 2: 3}|tojson(sort_keys=true)", "d|tojson(nope=1)", "d|tojson(indent=2)|indent(2)", "true|tojson", "[1, 2]|tojson|length", "d|tojson(indent=true)", "12345678901234|tojson", "0.1|tojson", "1e-7|tojson")
each("tests", "{{ @ }}", "yes is boolean", "1 is boolean", "dict is callable", "word.upper is callable", "missing is callable", "n is callable", "n is defined", "missing is defined", "d.q is defined", "missing is undefined", "10 is divisibleby 5", "10 is divisibleby(3)", "10 is divisibleby 0", "-7 is divisibleby 7", "1 is eq 1", "1 is equalto 1.0", "1 is == 1", "1 is ne 2", "1 is lt 2", "1 is lessthan 2", "1 is gt 0", "1 is greaterthan 0", "1 is le 1", "1 is ge 1",
     "html is escaped", "(html|e) is escaped", "2 is even", "-3 is odd", "2.0 is even", "2.5 is odd", "true is odd", "'a' is odd", "yes is true", "1 is true", "no is false", "0 is false", "'upper' is filter", "'nope' is filter", "'odd' is test", "'nope' is test", "f is float", "n is float", "1 is in [1]", "'a' is in 'abc'", "1 is in 'abc'", "'a' is in d", "1 is in missing", "n is integer", "yes is integer", "ints is iterable", "word is iterable", "n is iterable", "missing is iterable", "d is iterable",
     "range(2) is iterable", "'abc' is lower", "'Abc' is lower", "'1' is lower", "1 is lower", "'ABC' is upper", "d is mapping", "ints is mapping", "namespace() is mapping", "missing is mapping", "nil is none", "missing is none", "n is number", "f is number", "yes is number", "'1' is number", "1 is sameas 1", "1 is sameas 1.0", "1 is sameas true", "none is sameas none", "yes is sameas true", "'a' is sameas 'b'", "ints is sameas ints", "ints is sequence", "word is sequence", "d is sequence", "n is sequence", "range(2) is sequence",
     "missing is sequence", "d.items() is sequence", "(ints|map('string')) is sequence", "(ints|map('string')) is iterable", "word is string", "n is string", "(html|safe) is string", "n is nope", "n is not none", "n is not odd", "n is odd is true", "n is divisibleby 7 and yes", "n is eq 7 or no", "(1, 2) is sequence", "[] is not none", "not missing is defined", "missing is not defined or missing.x", "n is gt 5 and n is lt 10", "'a' is eq 'a' ~ 'b'", "n is in ints", "3 is in(ints)", "none is not none", "none is none", "true is true", "1 is not in [2]")
each("markup", "{{ @ }}", "('<'|e) + '<'", "'<' + ('<'|e)", "('<'|safe) + '<'", "('<'|safe) ~ '<'", "('<'|safe) * 2", "('<%s>'|safe) % '<'", "('<%s>'|safe)|format('&')", "('<b>'|safe).upper() + '<'", "('a<b'|safe).split('<')[0] + '<'", "('<'|safe).join(['<', 'a'])", "('{}'|safe).format('<')", "('<'|safe)[0] + '<'", "('<'|safe)|upper + '<'", "('<'|safe)|trim + '<'", "('<'|safe)|replace('<', '>') + '<'", "('<'|safe)|string + '<'", "['<'|safe]", "('a'|safe) == 'a'",
     "('a'|safe) in ['a']", "{'a': 1}['a'|safe]", "('<'|e)|length", "('<'|safe).replace('<', '&')", "('<a>'|safe).strip('<') + '<'", "('<a>'|safe)|indent(2, true) + '<'", "('<a>'|safe)|first + '<'", "('<'|safe)|list", "(1|safe) + '<'", "('<'|e|safe) + ('<'|safe)", "('&lt;'|safe).unescape()", "('<b>x</b>'|safe).striptags()", "('<'|safe)|tojson", "('<'|safe)|center(3) + '<'", "('<'|safe)|truncate(5) + '<'", "'%s' % ('<'|safe) + '<'", "('<'|safe) + 1", "('<'|safe) + none", "('a b'|safe)|title + '<'", "('<'|safe)|capitalize + '<'",
     "[('<'|safe), '<']|join", "('<'|safe)|default('x') + '<'", "('<'|safe) or '<'", "(d|tojson|safe) + '<'", "('a'|safe).partition('x')[0] + '<'", "('x'|safe).zfill(3) + '<'", "('<'|safe).__html__()", "('<'|safe)|e", "('<'|safe)|forceescape", "('<'|safe)|urlencode", "('<'|safe)|wordwrap(5) + '<'", "('<'|safe)|lower + '&'", "('x'|e).center(3, '<')", "('ab'|safe)[::-1] + '<'")
rows("set", "{% set x = 1 %}{{ x }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set (a, b) = [1, 2] %}{{ a }}{{ b }}", "{% set a, b = 'xy' %}{{ a }}{{ b }}", "{% set a, b = 1 %}", "{% set a, b = 1, 2, 3 %}", "{% set x = 1, 2 %}{{ x }}", "{% set x, = [5] %}{{ x }}", "{% set (a, (b, c)) = (1, (2, 3)) %}{{ a }}{{ b }}{{ c }}", "{% set x %}a{{ n }}b{% endset %}{{ x }}|{{ x|length }}",
     "{% set x | upper %}a{{ word }}{% endset %}{{ x }}", "{% set x | replace('a', 'b') | trim %} aa {% endset %}[{{ x }}]", "{% set x | safe %}<{% endset %}{{ x + '<' }}", "{% set x %}<{% endset %}{{ x + '<' }}", "{% set ns = namespace(x=1) %}{% set ns.x = 2 %}{% set ns.y = 3 %}{{ ns.x }}{{ ns.y }}", "{% set ns = namespace() %}{% set ns.x %}block{% endset %}{{ ns.x }}", "{% set ns = namespace() %}{% set ns._x = 1 %}", "{% set d.a = 5 %}{{ d.a }}", "{% set q.a = 5 %}", "{% set x.y.z = 1 %}",
     "{% set ns = namespace() %}{% set ns.a, b = 1, 2 %}{{ ns.a }}{{ b }}", "{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "{% set x = 1 %}{% for i in [1] %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}", "{% for i in [1, 2] %}{{ q }}{% set q = i %}{{ q }}{% endfor %}[{{ q }}]", "{% set true = 1 %}", "{% set 1 = 2 %}", "{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y }}", "{% set x = none %}{{ x }}", "{% set x = missing %}{{ x is defined }}", "{% set x = x %}{{ x }}", "{% set n = n + 1 %}{{ n }}",
     "{% if false %}{% set z = 1 %}{% endif %}{{ z is defined }}", "{% set ns = namespace(a=[]) %}{% set ns.a = ns.a + [1] %}{{ ns.a }}", "{% set loop = 5 %}{{ loop }}")
rows("for", "{% for x in ints %}{{ x }}{% endfor %}", "{% for x in none_list %}a{% else %}none{% endfor %}", "{% for x in ints %}a{% else %}none{% endfor %}", "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k in d %}{{ k }}{% endfor %}", "{% for c in 'aé🙂' %}{{ c }}.{% endfor %}", "{% for x in n %}{% endfor %}", "{% for x in nil %}{% endfor %}", "{% for x in missing %}a{% else %}b{% endfor %}", "{% for a, b in [[1, 2], (3, 4), 'xy'] %}{{ a }}{{ b }};{% endfor %}",
     "{% for a, b in [[1]] %}{% endfor %}", "{% for a, b in [1] %}{% endfor %}", "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "{% for x in 1, 2 %}{{ x }}{% endfor %}", "{% for x in [1, 2, 3, 4] if x is even %}{{ loop.index }}:{{ x }}/{{ loop.length }} {% endfor %}", "{% for x in [1, 3] if x is even %}a{% else %}none{% endfor %}",
     "{% for x in 'abc' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}", "{% for x in 'abc' %}{{ loop.previtem is defined }}{{ loop.nextitem|default('-') }}{% endfor %}", "{% for x in 'abcd' %}{{ loop.cycle('odd', 'even') }}{% endfor %}", "{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{% endfor %}", "{% for x in [1, 2] %}{{ loop.cycle() }}{% endfor %}",
     "{% for x in [1] %}{{ loop }}{% endfor %}", "{% for x in [1] %}{{ loop.nope }}{{ loop.nope is defined }}{% endfor %}", "{% for x in [1] %}{{ loop['index'] }}{% endfor %}", "{% for x in [1, 2] %}{% for y in [1, 2] %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}", "{% for x in [1] %}{% set outer = loop %}{% for y in [1, 2] %}{{ outer.index }}{{ loop.index }}{% endfor %}{% endfor %}", "{{ loop }}", "{{ loop is defined }}", "{{ loop.index }}",
     "{% for i in [{'v': 1, 'c': [{'v': 2, 'c': [{'v': 3}]}]}] recursive %}{{ i.v }}{{ loop.depth }}{% if i.c %}({{ loop(i.c) }}){% endif %}{% endfor %}", "{% for x in [1] %}{{ loop([2]) }}{% endfor %}", "{% for x in range(5) %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}", "{% for x in range(5) %}{% if x is odd %}{% continue %}{% endif %}{{ x }}{% endfor %}", "{% for x in [1, 2] %}{% break %}{% else %}e{% endfor %}", "{% for x in [] %}{% else %}{% break %}{% endfor %}", "{% break %}", "{% continue %}", "{% if false %}{% break %}{% endif %}",
     "{% for x in [1, 2] %}{% for y in [1, 2] %}{% if y == 2 %}{% break %}{% endif %}{{ x }}{{ y }}{% endfor %}{% endfor %}", "{% macro m() %}{% break %}{% endmacro %}{% for x in [1] %}{{ m() }}{% endfor %}", "{% macro m() %}{{ caller() }}{% endmacro %}{% for x in [1, 2] %}{% call m() %}{% break %}{% endcall %}{% endfor %}", "{% for x in [1, 2] %}{% generation %}{% break %}{% endgeneration %}{% endfor %}", "{% for x in [1, 2] %}{% with y = 1 %}{% break %}{% endwith %}{% endfor %}z", "{% for x in [1, 2] %}{{ x }}{% filter upper %}a{% break %}{% endfilter %}{% endfor %}z",
     "{% for x in d|dictsort %}{{ x[0] }}{% endfor %}", "{% for k, v in d|items %}{{ loop.index }}{{ k }}{% endfor %}", "{% for g, l in people[:3]|groupby('city') %}{{ g }}:{{ l|length }};{% endfor %}", "{% for g in people|groupby('age') %}{{ g.grouper }}{{ g.list|map(attribute='name')|join }}{% endfor %}", "{% for x in ints|batch(2) %}{{ x }}{{ loop.last }}{% endfor %}", "{% for x in ints|map('string') %}{{ loop.length }}{{ x }}{% endfor %}", "{% for x in (ints if yes else []) %}{{ x }}{% endfor %}", "{% for x in ints if loop.index %}{% endfor %}",
     "{% for i in range(3) -%} {{ i }} {%- endfor %}", "{% for x in ints recursive if x %}{% endfor %}", "{% for x in ints %}{% endfor x %}", "{% for in ints %}{% endfor %}", "{% for x ints %}{% endfor %}", "{% for x in ints %}", "{% endfor %}", "{% for d.x in ints %}{% endfor %}", "{% for x in ints[:2] %}{% set ints = [] %}{{ x }}{{ ints|length }}{% endfor %}{{ ints|length }}", "{% for loop in [1] %}{{ loop }}{% endfor %}", "{% for x in [3, 4] %}{% if loop.first %}{% set y = x %}{% endif %}{{ y }}{% endfor %}")
rows("if", "{% if n %}a{% endif %}", "{% if no %}a{% elif n > 5 %}b{% else %}c{% endif %}", "{% if no %}a{% elif nil %}b{% elif 1 %}d{% else %}c{% endif %}", "{% if missing %}a{% else %}b{% endif %}", "{% if missing.x %}a{% endif %}", "{% if d.q.r %}a{% endif %}", "{% if d.q is defined and d.q.r %}a{% endif %}ok", "{% if 1 %}", "{% else %}", "{% if %}a{% endif %}", "{% if 1 %}a{% else %}b{% else %}c{% endif %}", "{% if 1, 2 %}a{% endif %}", "{% if not d %}a{% else %}b{% endif %}", "{% if (1 == 1) and not (2 == 3) %}a{% endif %}",
     "{% if 'a' in d and d.a %}a{% endif %}", "{% if namespace() %}a{% endif %}", "{% if range(0) %}a{% else %}b{% endif %}", "{% if d.items() %}a{% endif %}", "{% if ints|map('string') %}a{% endif %}", "{% if [] is defined %}a{% endif %}", "{% if 0.0 %}a{% else %}b{% endif %}", "{% if '0' %}a{% endif %}", "{% if () %}a{% else %}b{% endif %}", "{% if {}.items() %}a{% else %}b{% endif %}", "{% elseif 1 %}", "{% if 1 %}a{% endfor %}", "{% if 1 %}a{% endif extra %}")
rows("macro", "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=1, a=2) }}", "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", "{% macro m(a) %}{{ a }}{{ varargs }}{% endmacro %}{{ m(1, 2, 3) }}", "{% macro m() %}{{ kwargs }}{% endmacro %}{{ m(x=1, y=2) }}", "{% macro m() %}{% endmacro %}{{ m(x=1) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}", "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}",
     "{% macro m(a=1, b) %}{% endmacro %}", "{% macro m(a, a) %}{% endmacro %}", "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}", "{% macro m() %}{{ caller(1, b=2) }}{% endmacro %}{% call(a, b) m() %}{{ a }}{{ b }}{% endcall %}", "{% macro m() %}a{% endmacro %}{% call m() %}x{% endcall %}", "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", "{% macro m() %}{% if caller %}c{{ caller() }}{% else %}n{% endif %}{% endmacro %}{{ m() }}{% call m() %}x{% endcall %}", "{% macro m(caller) %}{% endmacro %}{{ m(1) }}", "{% macro m(caller=none) %}{{ caller is none }}{% endmacro %}{{ m() }}",
     "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}{% for i in [1, 2] %}{% call m() %}{{ i }}{% endcall %}{% endfor %}", "{{ m() }}{% macro m() %}{% endmacro %}", "{% macro m() %}{{ n }}{{ x }}{% endmacro %}{% set x = 5 %}{{ m() }}", "{% set x = 1 %}{% macro m() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ m() }}", "{% macro m() %}{% set x = 9 %}{% endmacro %}{{ m() }}{{ x is defined }}", "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "{% macro m() %} a {% endmacro %}[{{ m()|trim }}]", "{% macro m() %}<{% endmacro %}{{ m() + '<' }}", "{% macro m(a) %}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.catch_varargs }}{{ m.catch_kwargs }}{{ m.caller }}",
     "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m.catch_varargs }}{{ m.catch_kwargs }}{{ m(*[1, 2], **{'a': 3}) }}", "{% macro m() %}{% endmacro %}{{ m }}", "{% macro a() %}a{{ b() }}{% endmacro %}{% macro b() %}b{% endmacro %}{{ a() }}", "{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}", "{% if true %}{% macro m() %}x{% endmacro %}{% endif %}{{ m() }}", "{% for i in [1] %}{% macro m() %}{{ i }}{% endmacro %}{% endfor %}{{ m is defined }}", "{% macro m(a, b) %}{{ a }}|{{ b is defined }}{% endmacro %}{{ m(1) }}", "{% macro m(x=[]) %}{{ x }}{% endmacro %}{{ m() }}{{ m([1]) }}", "{% macro m(a, b=1, c=2) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(0, c=5) }}{{ m(*[7, 8]) }}{{ m(**{'a': 4}) }}",
     "{% macro m(n) %}{{ n }}{% endmacro %}{{ m(3) }}{{ n }}", "{% macro outer() %}{% macro inner() %}i{% endmacro %}{{ inner() }}{% endmacro %}{{ outer() }}{{ inner is defined }}", "{% set f = word.upper %}{{ f() }}", "{% macro m() %}{{ loop is defined }}{% endmacro %}{% for x in [1] %}{{ m() }}{% endfor %}", "{% macro m(a) %}{{ a is undefined }}{% endmacro %}{{ m() }}{{ m(none) }}", "{% call word.upper() %}{% endcall %}", "{% call n() %}{% endcall %}", "{% call m %}{% endcall %}", "{% macro m() %}{{ caller('<') }}{% endmacro %}{% call(x) m() %}{{ x|e }}{% endcall %}", "{% macro m(a=missing) %}{{ a is defined }}{% endmacro %}{{ m() }}")
rows("blocks", "{% block a %}x{% endblock %}", "{% block a %}x{{ n }}{% endblock a %}", "{% block a %}x{% endblock b %}", "{% block a %}x{% endblock %}{% block a %}y{% endblock %}", "{% block a %}x{% endblock %}{{ self.a() }}", "{% block a %}{{ super() }}{% endblock %}", "{% set x = 1 %}{% block a %}{{ x }}{% endblock %}", "{% for i in [1, 2] %}{% block a %}{{ i }}{% endblock %}{% endfor %}", "{% for i in [1, 2] %}{% block a scoped %}{{ i }}{% endblock %}{% endfor %}", "{% block a %}{% set y = 1 %}{% endblock %}{{ y is defined }}",
     "{% block a required %}{% endblock %}", "{% block a %}{% block b %}x{% endblock %}{% endblock %}", "{% block %}{% endblock %}", "{% filter upper %}a{{ word }}{% endfilter %}", "{% filter replace('a', 'b')|upper %}aa{% endfilter %}", "{% filter nope %}{% endfilter %}", "{% filter upper %}{% set z = 1 %}{{ z }}{% endfilter %}{{ z is defined }}", "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}", "{% with a = n, n = 1 %}{{ a }}{{ n }}{% endwith %}{{ n }}", "{% with a = 1, b = a %}{{ b is defined }}{% endwith %}", "{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q is defined }}", "{% with a, b = 1 %}{% endwith %}",
     "{% with x = 1 %}{% set ns = namespace(v=x) %}{{ ns.v }}{% endwith %}", "{% generation %}a{{ n }}{% endgeneration %}", "{%- generation -%} a {%- endgeneration -%} b", "{% generation %}{% set g = 1 %}{% endgeneration %}{{ g is defined }}", "{% for i in [1, 2] %}{% generation %}{{ i }}{{ loop.index }}{% endgeneration %}{% endfor %}", "{% generation x %}{% endgeneration %}", "{% do 1 %}", "{% trans %}x{% endtrans %}", "{% debug %}", "{% nope %}", "{% print n %}", "{% print 1, 'a' %}", "{% include 'x' %}", "{% if false %}{% include 'x' %}{% endif %}ok", "{% import 'x' as y %}", "{% if false %}{% import 'x' as y %}{% endif %}ok", "{% from 'x' import y %}", "{% extends 'x' %}", "{% if false %}{% from 'x' import y, z as w with context %}{% endif %}ok",
     "{% raw %}{{ n }}{% if %}{% endraw %}", "{% raw -%} {{ n }} {%- endraw %}|", " {%- raw %} {{ {%- endraw -%} |", "{% raw %}", "{% endraw %}", "{# comment #}a{#- x -#} b", "{# {{ n }} #}", "{# open", "a{#\n#}\nb", "{% autoescape false %}{{ '<' }}{% endautoescape %}", "{% autoescape true %}{{ '<' }}{{ '<'|safe }}{% endautoescape %}{{ '<' }}")
each("autoescape", "{% autoescape true %}@{% endautoescape %}",
     "{{ angles|join('&') }}",
     "{{ angles|join('&'|safe) }}",
     "{{ [angle, angle|safe]|join('&') }}",
     "{{ [angle, n, angle|safe]|join('&')|upper }}",
     "{{ angles|join }}",
     "{{ angles|map('safe')|join(', <') }}",
     "{{ angle|replace('<', '&') }}",
     "{{ angle|replace('<', angle|safe) }}",
     "{{ angle|replace(angle|safe, '&') }}",
     "{{ (angle|safe)|replace('<', '&') }}",
     "{{ (angle|safe)|replace('<', '&'|safe) }}",
     "{{ (angle ~ angle)|replace('<', '&', 1) }}",
     "{{ n|replace(3, '<') }}",
     "{{ attributes|xmlattr }}",
     "{{ attributes|xmlattr|upper }}",
     "{{ linked|urlize }}",
     "{{ linked|urlize|length }}",
     "{{ (linked|safe)|urlize }}",
     "{{ angle ~ (angle|safe) }}",
     "{{ (angle|safe) ~ angle ~ n }}",
     "{{ angle ~ n }}",
     "{{ angle + (angle|safe) }}",
     "{{ angles ~ (angle|safe) }}",
     "{{ angle|e ~ angle }}",
     "{{ attributes|tojson }}",
     "{{ angle|tojson|safe }}",
     "{{ angles }}",
     "{{ angle|string }}",
     "{{ angle|upper }}",
     "{{ (angle|safe)|upper }}",
     "{{ '%s<'|format(angle) }}",
     "{{ ('%s<'|safe)|format(angle) }}",
     "{{ (angle|safe)|indent }}",
     "{{ angle|trim }}",
     "{{ (angle|safe)|trim }}",
     "{{ (angle|safe)|center(3) }}",
     "{{ (angle|safe)|truncate(3) }}",
     "{{ (angle|safe)|wordwrap(3) }}",
     "{{ angles|first }}",
     "{{ angle|default('>') }}",
     "{{ q|default('>') }}",
     "{{ (angle|safe)|title }}",
     "{{ (angle|safe)|reverse }}",
     "{{ (angle|safe)|list }}",
     "{{ angles|sum(start='') }}",
     "{{ (angle|safe)|string|length }}",
     "{% set s %}<{{ angle }}{% endset %}{{ s }}",
     "{% filter upper %}<b>{{ angle }}{% endfilter %}",
     "{% macro m(v) %}<i>{{ v }}{% endmacro %}{{ m(angle) }}",
     "{% macro m(v) %}<i>{{ v }}{{ caller() }}{% endmacro %}{% call m(angle) %}<b>{{ angle }}{% endcall %}",
     "{% for i in angles %}{{ i }}{% endfor %}",
     "{% autoescape false %}{{ angle }}{% endautoescape %}{{ angle }}",
     "{{ angle|striptags }}",
     "{{ angle|forceescape|forceescape }}",
     "{{ angle|e|e }}",
     "{{ angle is escaped }}{{ (angle|safe) is escaped }}",
     "{% block b %}{{ angle }}{% endblock %}{{ self.b() }}",
     "{{ loop }}",
     "{{ joiner(angle)() }}",
     "{{ cycler(angle).next() }}",
     "{{ {'a': angle|safe} }}",
     "{{ angle * 2 }}{{ (angle|safe) * 2 }}",
     "{{ (angle|safe)[0] }}",
     "{{ (angle|safe).upper() }}",
     "{{ angle.join(angles) }}",
     "{{ (angle|safe).join(angles) }}",
     "{{ angles|map('upper')|join(angle|safe) }}",
     "{{ angles|map('replace', '<', '&')|join(',') }}",
     "{{ none }}{{ 1.5 }}{{ true }}",
     "{% set z = (angles|map('safe')|list) %}{{ z|join('&') }}",
     "{% macro m(v) %}{{ v }}{{ v|replace('<', '>'|safe) }}{% endmacro %}{% autoescape false %}{{ m(angle) }}{% endautoescape %}{{ m(angle) }}")
rows("autoescape of elsewhere", "{% macro m(v) %}{{ v }}{% endmacro %}{% autoescape true %}{{ m(angle) }}{{ m(angle) ~ angle }}{% endautoescape %}{{ m(angle) }}",
     "{% autoescape true %}{% macro m(v) %}<i>{{ v }}{% endmacro %}{% endautoescape %}{{ m is defined }}", "{% macro m(v) %}{{ [v, v|safe]|join('&') }}{% endmacro %}{% autoescape true %}{{ m(angle) }}{% endautoescape %}{{ m(angle) }}",
     "{% macro m(v) %}{% set s %}<{% endset %}{{ s is escaped }}{% endmacro %}{% autoescape true %}{{ m(angle) }}{% endautoescape %}")
rows("white space", "{% if 1 %}\na\n{% endif %}\nb", "  {% if 1 %}\n  a\n  {% endif %}\n  b", "a  {%- if 1 -%}  b  {%- endif -%}  c", "a\n  {%+ if 1 %}b{% endif +%}\nc", "{{ 1 }}\n{{ 2 }}\n", "{{ 1 }}\n\n", "\n{{ 1 }}", "a\r\nb\rc\n{{ 1 }}\r\n", "  {{ 1 }}  ", "  {{- 1 -}}  ", "  {{+ 1 }}", "{{ 1 -}}\n\n x", "a {# c #}\nb", "  {# c #}\nb", "a  {# c -#}  b", "a\t{% set x = 1 %}\nb", "\t {% set x = 1 %}\t\nb", "{% set x = 1 %}\n\nb", "x {% set x = 1 -%}\n  b", "{% for i in [1, 2] %}\n  {{ i }}\n{% endfor %}\nend", "{%if 1%}a{%endif%}", "{{1}}{{'a'}}", "{%- set x = 1 +%}\nb", "a{% if 1 %}{% endif %}\n\nb",
     "  {% if 1 %}x{% endif %}  {% if 1 %}y{% endif %}\n", "{{ '\n' }}", "{{ 'a\\\nb' }}", "{% set x = 'a' %}{# c #}{% set y = 1 %}\nz", "\u00a0{% if 1 %}a{% endif %}", "{% raw %}\na\n{% endraw %}\nb", "  {% raw %}a{% endraw %}", "\x0c{% if 1 %}a{% endif %}", "a\n {{ n }}\n {%- if 1 %} b{% endif %}")
each("literals", "{{ @ }}", r"'\n\t\\'", r"'\x41\u00e9\U0001f642'", r"'\101\7\0'", r"'\q\é\日'", r"'\'\"'", r'"\"' + "'" + r'"', r"'\x4'", r"'\u12'", r"'\N{BULLET}'", "'a' 'b'", "'a' \"b\" 'c'", "'unclosed", "'é🙂'", "'{{ n }}'", "'{% x %}'", "'}}'", "{'a': '}'}", "{'a': {'b': 1}}", "[1, (2, 3)]", "(1", "1)", "[1", "{'a'}", "{'a': }", "{1, 2}", "[1 2]", "1 2", "a b", "$", "n!", "n?", "1 | ", "n |", "n.", "n.1x", "n[", "n[]", "@x", "`x`", "n;", "é", "_x", "True", "TRUE", "None", "none", "null", "False", "lambda", "not", "and", "in", "is", "n is", "n if", "if", "for", "1 +", "* 2", "== 1", "n()", "word.upper(", "f(1, x=2, 3)", "f(**d, x=1)", "f(x=1, *[1])",
     "f(x=1, x=2)", "word|upper()", "word|replace('a' 'b')", "(1, 2", "", " ", "1,", ",", "n.upper", "1.5.x", "1.real", "'a'.b", "''''", "[1,,2]", "{,}", "[,]", "(,)", "d.a.b.c is defined", "n  .  x", "n\n+\n1", "word . upper ( )", "word [ 0 ]", "1if 1else 2", "1 if(1)else(2)", "not(1)", "-(1)", "n--1", "n - -1", "n+-1", "2**-1", "-n|abs", "-n.x", "1<2", "1<2>0", "1!=2", "1<>2", "1=1", "n=1", "n is(odd)", "n is odd()", "n is not(odd)", "n is divisibleby", "n is eq(7)", "n is eq -7", "n is eq+7", "word is in word", "n is odd.x", "n is defined == true", "n is eq 7 == true", "n is eq [7][0]", "n is eq d.a", "1 ** 2 is odd", "word.a.b", "[1, 2][0:1]", "[1, 2][0, 1]", "d['a', 'b']", "word[1:2, 3]", "(n)", "((n))", "(n,)", "n,")
each("urlize", "{{ @ }}", *("'%s'|urlize" % t for t in [
    "see https://example.org/a?b=c#d.", "(http://example.com)", "http://a.b", "www.example.com, and example.com", "example.io www.x.io", "HTTPS://Example.COM/X", "httpſ://example.Kom", "http://localhost", "http://1.2.3.4:80/x", "1.2.3.4", "http://1.2.3.4567",
    "http://[::1]/", "http://[1:2:3:4:5:6:7:8]", "http://[12345::]", "http://[::1:2:3:4:5:6:7:8:9]", "http://[1:2]", "http://x.org:123456", "http://x.org:/", "http://x.org:8080", "x.org:80/p", "a.org ab.org a-b.info", "http://xn--p1ai", "http://é.рф", "http://ü_%41.de/ä", "http://.org", "http://a..org", "http://a.b.org.",
    "<http://a.org>", "&lt;a.org&gt;", "<b>www.a.org</b>", "x (see http://en.org/a_(b)) y", "http://en.org/a_(b", "http://a.org/((b)))", "((((aa.org))))", "a@b.org", "<a@b.org>", "mailto:a@b.org", "mailto:a@b", "@a@b.org", "a@b@c.org", "a:b@c.org", "www.a@b.org", "a@b-c.de", "a@-b.de", "a@b.c-d", "a@b..c", "tel:123 ftp://x.org",
    "two\\n  lines\\thttp://a.org\\u3000b.org", "", "plain", "a & b", "http://a.org/?x=1&y=2", "http://a.org\\u00a0x", "http:// https://", "www.", "http://a.org,", "...", "http://a.org/a,b.c)", "//a.org", "ab.com/", "ab.com?", "ab.com#x", "ab.comx", "AB.COM", "日本.com", "http://日本.jp/路"]),
    "'http://example.org/long'|urlize(10)", "'http://example.org/long'|urlize(-4)", "'http://a.org'|urlize(trim_url_limit=99)", "'http://日本.org/路路路'|urlize(9)", "'a.b@example.org'|urlize(3)", "'aa.org'|urlize(nofollow=true)", "'aa.org'|urlize(none, true, '_blank')", "'aa.org'|urlize(target='\"<')", "'aa.org'|urlize(rel='me  ext me')", "'aa.org'|urlize(rel='<')", "'aa.org'|urlize(rel='')", "'aa.org'|urlize(rel=5)",
    "'ftp://x.org tel:1 tel: x'|urlize(extra_schemes=['ftp://', 'tel:'])", "'x'|urlize(extra_schemes=['t:'])", "'x'|urlize(extra_schemes='ab:')", "'ab:///c'|urlize(extra_schemes=['ab:///'])", "'a+b.c-d:/e'|urlize(extra_schemes=['a+b.c-d:/'])", "5|urlize", "nil|urlize", "missing|urlize", "('<b>aa.org</b>'|safe)|urlize", "('<aa.org>'|safe)|urlize", "'aa.org'|urlize(1, 2, 3, 4, 5, 6)", "('aa.org'|urlize)|e", "'urlize' is filter", "'random' is filter", "lipsum is callable", "lipsum is defined")
rows("functions", "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() }}{{ c.next() }}", "{{ cycler() }}", "{% set j = joiner(', ') %}{{ j() }}a{{ j() }}b{{ j() }}c", "{% set j = joiner() %}{{ j() }}{{ j() }}", "{{ raise_exception('no') }}", "{{ strftime_now('%Y-%m-%d %H:%M:%S %j %A %B %d %b %y %p %I %U %w') }}", "{{ strftime_now('%f|%z|%Z|%%|%-d|%e') }}", "{{ strftime_now() }}", "{{ strftime_now('') }}", "{{ strftime_now('é %d') }}", "{{ n is callable }}", "{{ namespace is callable }}",
     "{% set ns = namespace(a=1, b='x') %}{{ ns.a }}{{ ns['b'] }}{{ ns.q is defined }}{{ ns }}", "{% set ns = namespace() %}{{ ns.x }}{{ ns.x.y }}", "{{ range(3)|sum }}", "{{ range(10)|batch(3)|map('sum')|list }}", "{{ self }}", "{{ caller }}", "{{ varargs }}", "{{ context }}", "{{ environment }}", "{{ [].__class__ }}", "{{ (1).__add__(2) }}", "{{ dict.__init__ }}", "{{ cycler.__init__ }}", "{{ namespace.__init__ }}", "{{ joiner.__class__ }}", "{{ raise_exception.__globals__ }}", "{{ word.format.__globals__ }}", "{{ range.start }}", "{{ range(2, 5).start }}")
rows("messages", "{% for m in people %}{{ '<|' + m.name + '|>' }}{% if loop.last %}{{ bos_token }}{% endif %}{% endfor %}", "{{ bos_token + people[0]['name'] | trim + '\n' }}", "{%- for m in people %}\n{{- m['name'] }}\n{%- endfor %}\nend", "{% set ns = namespace(found=false) %}{% for m in people %}{% if m.age == 4 %}{% set ns.found = true %}{% endif %}{% endfor %}{{ ns.found }}", "{{ people | selectattr('age', 'equalto', 30) | map(attribute='name') | join(', ') }}", "{% if people[0]['name'] == 'Ann' %}{% set rest = people[1:] %}{% else %}{% set rest = people %}{% endif %}{{ rest|length }}",
     "{{ '%s: %d' | format(people[0].name, people[0].age) }}", "{{ text.split('</b>')[-1].lstrip() }}", "{{ people[-1].city or 'nowhere' }}", "{{ (people|last).name }}", "{% for k, v in people[0].items() if v is string %}{{ k }}{{ v }}{{ ',' if not loop.last }}{% endfor %}", "{{ {'a': people[0]} | tojson(indent=2) | indent(4) }}", "{% if people is string %}{% elif people is iterable %}{{ people|length }}{% endif %}", "{{ people[0].name[0] ~ '.' ~ people[0].name[1:] }}", "{{ '\n'.join(people|map(attribute='name')) }}", "{{ people|map('tojson')|join('\n') }}")


def main():
    templates = [t for group in ROWS.values() for t in group]
    expected = [(t, jinja_reference.render(t, VALUES)) for t in templates]
    # What names a place in memory is not compared.
    expected = [(t, e) for t, e in expected if e is None or " at 0x" not in e and " object>" not in e and "<class " not in e]
    if sys.argv[1] == "--golden":
        line = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        with open(sys.argv[2], "w") as out:
            out.write(f'{{"now":{line(jinja_reference.NOW.isoformat())},"values":{line(VALUES)},"rows":[\n'
                      + ",\n".join(line(row) for row in expected) + "\n]}\n")
        print(len(expected), "rows,", sum(e is None for _, e in expected), "of them refused")
        return
    import ours_render
    wrong = 0
    for template, text in expected:
        ours, problem = ours_render.render(sys.argv[1], template, VALUES)
        if ours != text:
            wrong += 1
            print(f"{template!r}\n  ours      {problem if ours is None else repr(ours)}\n  reference {text!r}", flush=True)
    print(len(expected), "rows,", wrong, "differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__": main()
