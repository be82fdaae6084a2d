"""Every record that a command writes with --format jsonl meets the schema that ships."""

import io
import json
import os
import shutil
from datetime import date, timedelta
from importlib import import_module, resources
from pathlib import Path

import click
import jsonschema
import pytest

from markscan.cli import COMMANDS, main
from markscan.cli.records import RECORDS
from markscan.finding import Severity, Verdict
from markscan.intake.sources import Fit, Standing
from markscan.report.run.overview import Change
from markscan.rules import RULES
from markscan.rules.derivation import Doubt

OLD = 1_577_836_800
UNTIL = f"{date.today() + timedelta(days=9)}"
TEXT = (
    "青禾渡口三号仓的值守人员自本月起改为双岗轮换，夜间调度口令每日更换一次，由值班长在十八时前以"
    "纸条方式交接，交接双方须在登记簿上签字。"
)
HEAD = "机密★10年\n云山市人民政府办公室文件\n云山办〔2024〕15号\n关于青禾渡口夜间调度方案的通知\n"
SHARE = {
    "stays.txt": "机密★10年\n通知\n",
    "goes.txt": "秘密★5年\n关于会议的通知\n",
    "moves.txt": "绝密★20年\n关于检查的通知\n",
    "doubt.txt": "秘密★3年\n关于培训的通知\n",
    "copy.txt": f"各科室：\n{TEXT}\n",
}
UNNAMED = {"score"}  # says no version
NAMES = sorted({name for names in RECORDS.values() for name in names})


def schema(name):
    text = resources.files("markscan").joinpath(f"schemas/{name}.schema.json").read_text("utf-8")
    return json.loads(text)


def validator(name):
    known = jsonschema.Draft202012Validator
    return known(schema(name), format_checker=known.FORMAT_CHECKER)


def leaves(command, words=()):
    """The commands below `command` that do something, by the words that call them."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from leaves(command.get_command(context, name), (*words, name))
    else:
        yield " ".join(words), command


def asked_for_lines():
    for name, module in COMMANDS.items():
        for words, command in leaves(import_module(module).command(None), (name,)):
            choices = [p.type.choices for p in command.params if "--format" in p.opts]
            if choices and "jsonl" in choices[0]:
                yield words


def test_the_table_names_every_command_that_writes_lines():
    assert set(RECORDS) == set(asked_for_lines())


def test_every_schema_that_ships_is_in_the_table():
    folder = resources.files("markscan").joinpath("schemas")
    shipped = {each.name.removesuffix(".schema.json") for each in folder.iterdir()}

    assert shipped == {*NAMES, "config"}


def test_the_guide_has_the_table():
    """Writes the table of GUIDE.md anew where it is not current, and fails."""
    file = Path(__file__).parents[2] / "GUIDE.md"
    text = file.read_text("utf-8")
    head, begin, rest = text.partition("<!-- records: generated from the program's own table -->\n")
    _, end, tail = rest.partition("<!-- end of records -->")
    rows = ["| 命令 | 记录的格式 |", "| --- | --- |"]
    for command, names in RECORDS.items():
        files = "、".join(f"`{name}.schema.json`" for name in names)
        rows.append(f"| `{command}` | {files} |")
    current = "".join((head, begin, *(f"{row}\n" for row in rows), end, tail))
    if text != current:
        file.write_text(current, "utf-8")

    assert text == current, "GUIDE.md was out of date and has been written anew"


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_says_its_version(name):
    value = schema(name)
    jsonschema.Draft202012Validator.check_schema(value)

    for each in value.get("oneOf", [value]) if name not in UNNAMED else ():
        assert each["properties"]["schema"] == {"const": f"markscan.{name}/1"}
        assert "schema" in each["required"]


def test_what_has_one_name_is_the_same_in_all_schemas():
    known = {}
    for name in NAMES:
        for part, meaning in schema(name).get("$defs", {}).items():
            assert known.setdefault(part, meaning) == meaning, (name, part)


def told_of(name, *way):
    """What a schema admits at a place in it."""
    value = schema(name)
    for step in way:
        value = value[step]
    return {each for each in value["enum"] if each is not None}


FITS = ("compilation", "properties", "fit")
DOUBTS = ("compilation", "properties", "doubts", "items")
STANDINGS = ("compilation", "properties", "sources", "items", "properties", "standing")
ENUMS = {
    "severities": (Severity, ("rule", "$defs", "severity"), "code"),
    "changes": (Change, ("difference", "properties", "change"), "value"),
    "fits": (Fit, FITS, "value"),
    "doubts": (Doubt, DOUBTS, "value"),
    "standings": (Standing, STANDINGS, "value"),
}


@pytest.mark.parametrize(("kind", "way", "attribute"), ENUMS.values(), ids=ENUMS)
def test_a_schema_admits_what_the_program_knows(kind, way, attribute):
    assert told_of(*way) == {getattr(each, attribute) for each in kind}


def test_verdicts_of_rules_are_those_of_files_that_rules_can_give():
    given = {rule.verdict.value for rule in RULES if rule.verdict is not None}

    assert given <= told_of("rule", "properties", "verdict") <= {each.value for each in Verdict}


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, (OLD, OLD))


def called(*arguments):
    return main([str(each) for each in arguments])


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder with a register, lists, and the store of two scans of a share with samples."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKSCAN_CACHE", str(folder / "cache"))
        patch.chdir(folder)
        for name, text in SHARE.items():
            put(folder / "share" / name, text)
        put(folder / "密.txt", f"{HEAD}{TEXT}\n2024年5月1日\n")
        put(folder / "稿.txt", "秘密★5年\n通知\n2024年5月1日\n")
        put(folder / "words.csv", "词条,编号,主题\n鑫蟃工程,1,甲\n鑫蟃工程,2,甲\n国家,3,甲\n")
        store = ("--store", "s")
        scan = ("scan", "share", *store, "--no-ocr", "--jobs", "1", "-q", "--register", "book")
        assert called("register", "add", "密.txt", "--register", "book") == 0
        assert called("selftest", "plant", "share", *store, "--format", "txt") == 0
        assert called(*scan, "--sketch", "sketch") == 1
        (folder / "share" / "goes.txt").unlink()
        (folder / "share" / "moves.txt").rename(folder / "share" / "moved.txt")
        put(folder / "share" / "broken.docx", "PK\x03\x04")
        assert called(*scan) == 1
        yield folder


@pytest.fixture
def lines(kept, monkeypatch, capsys):
    """Calls a command in that folder and returns the records that it writes."""
    monkeypatch.setenv("MARKSCAN_CACHE", str(kept / "cache"))
    monkeypatch.chdir(kept)

    def run(*arguments, given=""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        capsys.readouterr()
        called(*arguments, "--format", "jsonl")
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return run


@pytest.fixture
def decided(lines, kept, tmp_path, monkeypatch):
    """The same with a copy of the store in which one finding is confirmed, one dismissed."""
    for path in kept.glob("s*"):
        if path.is_file():
            shutil.copy2(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    found = {
        record["locator"].rpartition("/")[2]: record["findings"][0]["key"]
        for record in lines("report", "--store", "s")
        if record.get("findings")
    }
    told = ("--store", "s", "--reason", "核对原件", "--by", "李四")
    assert called("verdict", "confirm", found["stays.txt"], *told) == 0
    assert called("verdict", "dismiss", found["doubt.txt"], *told, "--until", UNTIL) == 0
    return lines


# Lines of scan and review are those of `report` and `check`, which others hold side by side.
STORE = ("--store", "s")
BOOK = ("--register", "book")
KEPT = {
    "drafts": ("check", "稿.txt", "share/doubt.txt"),
    "the mark that follows": ("check", "稿.txt", "--sources", "密.txt", "share/copy.txt", *BOOK),
    "the mark without a draft": ("check", "--sources", "密.txt"),
    "a run again": ("report", *STORE),
    "two runs": ("diff", *STORE),
    "runs": ("runs", *STORE),
    "what a store says": ("status", *STORE),
    "samples": ("selftest", "list", *STORE),
    "rules": ("rules",),
    "a list of terms": ("lexicon", "check", "words.csv"),
    "a list of terms, quoted": ("lexicon", "check", "words.csv", "--quote"),
    "a list of terms in texts": ("lexicon", "check", "words.csv", "--text", "share"),
    "a document added": ("register", "add", "密.txt", "--register", "other"),
    "a document refused": ("register", "add", "none.txt", *BOOK),
    "the register": ("register", "list", *BOOK),
    "an entry in full": ("register", "show", "R000001", "--names", *BOOK),
    "what is due": ("register", "due", "--date", "2050-01-01", *BOOK),
    "a hunt": ("hunt", "--sketch", "sketch", *BOOK),
    "a hunt that reads again": ("hunt", "--sketch", "sketch", *BOOK, "--confirm"),
    "a look at a store": ("doctor", *STORE),
}


@pytest.mark.parametrize("arguments", KEPT.values(), ids=KEPT)
def test_what_a_command_writes_meets_its_schema(arguments, lines):
    meets(arguments, lines(*arguments))


DECIDED = {
    "a run": ("report", *STORE),
    "two runs": ("diff", *STORE),
    "verdicts": ("verdict", "list", *STORE),
    "all verdicts": ("verdict", "list", *STORE, "--all"),
    "a store with a clock that runs": ("status", *STORE),
}


@pytest.mark.parametrize("arguments", DECIDED.values(), ids=DECIDED)
def test_what_is_told_of_decisions_meets_its_schema(arguments, decided):
    meets(arguments, decided(*arguments))


def test_a_verdict_on_what_is_no_more_meets_its_schema(decided, kept):
    key = next(each["key"] for each in decided("diff", *STORE) if each["change"] == "gone")
    told = ("--reason", "样例", "--until", UNTIL)
    assert called("verdict", "dismiss", key, *STORE, *told) == 0

    meets(("verdict", "unused"), decided("verdict", "unused", *STORE))


GIVEN = {
    "markings": (("marking",), "机密★10年\n你好\n密级：机密\n"),
    "texts": (("model", "score"), '{"text": "短"}\n' + json.dumps({"text": TEXT})),
    "texts explained": (("model", "score", "--explain"), json.dumps({"text": TEXT})),
    "a word": (("model", "score", "--occurrence"), '{"left": "", "word": "机密", "right": "★"}'),
}


@pytest.mark.parametrize(("arguments", "given"), GIVEN.values(), ids=GIVEN)
def test_an_answer_to_a_line_meets_its_schema(arguments, given, lines):
    meets(arguments, lines(*arguments, given=given))


def test_what_the_demonstration_writes_meets_its_schema(lines, tmp_path):
    meets(("demo",), lines("demo", tmp_path / "demo", "--no-ocr"))


def meets(arguments, records):
    """Hold each record against the schemas of the command; what they do not name is refused."""
    names = next(
        RECORDS[" ".join(arguments[:n])] for n in (2, 1) if " ".join(arguments[:n]) in RECORDS
    )
    assert records
    for record in records:
        told = record.get("schema", "").removeprefix("markscan.").removesuffix("/1")
        against = validator(told or names[0])
        assert told in ("", *names)
        against.validate(record)
        assert not against.is_valid({**record, "text": TEXT})
