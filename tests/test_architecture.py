"""The shape of the code base, held by tests."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import markscan
from markscan import extract, rules
from markscan.wording import PROBLEMS

PACKAGE = Path(markscan.__file__).parent

# From the bottom up. A module imports only modules of a lower row, or of its own package.
LAYERS = [
    {"cache", "data", "errors", "pool", "wording"},
    {
        "background",
        "document",
        "key",
        "limits",
        "marking",
        "pathpattern",
        "profile",
        "shares",
        "source",
    },
    {"decision", "finding", "fold", "folder_entries", "lexicon", "toml_lines"},
    {
        *("classify", "end_date", "fingerprint", "path_kinds", "place_rules", "policy"),
        *("profiles", "termlist"),
    },
    {"circumstances", "config_keys", "register"},
    {"config"},
    {"config_schema", "walk", "sniff", "extract"},
    {"match", "reading", "remote"},
    {"rules", "page_sketch", "lexicon_review"},
    {"assess", "form_file"},
    {"read_once", "scan", "intake"},
    {"report", "run", "schedule", "selftest", "train"},
    {"store"},
    {"cli"},
]
# May use a third-party library: the modules named, nobody else.
OWNERS = {
    "ahocorasick": {"classify.lexical_features", "match.terms.automaton"},
    "click": {"cli"},
    "cryptography": {
        *("cache", "extract", "fingerprint", "register", "remote.spool", "termlist"),
    },
    "docx": {"cli", "extract", "report", "selftest.sample"},
    "hyperscan": {"match.terms.anchored"},
    "jieba": {"classify.segmenter"},
    "libarchive": {"extract.archive"},
    "msoffcrypto": {"extract"},
    "numba": {"fold.kernel", "match.terms.kernel"},
    "numpy": {
        *("background", "cache", "classify", "extract", "fingerprint", "fold", "lexicon_review"),
        *("intake.formality", "match", "pool", "register", "termlist", "train"),
    },
    "fsspec": {"remote.objects"},
    "paramiko": {"remote.sftp"},
    "psutil": {"run.priority"},
    "platformdirs": {"cache", "cli", "store.place"},
    "pypdfium2": {"extract"},
    "PIL": {"extract.ocr"},
    "cv2": {"extract.ocr"},
    "onnxruntime": {"extract.ocr"},
    "rapidocr": {"extract.ocr"},
    "regex": {"match.sides", "termlist"},
    "rich": {"cli", "report"},
    "smbclient": {"remote.smb", "remote.smb_folder"},
    "smbprotocol": {"remote.smb", "remote.smb_folder"},
    "sqlalchemy": {"store"},
    "scipy": {"train"},
    "sklearn": {"train"},
    "threadpoolctl": {"train"},
    "xlsxwriter": {"report"},
}

MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def layer_of(module: str) -> int:
    top = module.removeprefix("markscan.").split(".")[0]
    return next(n for n, row in enumerate(LAYERS) if top in row)


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "markscan":
                found |= {f"markscan.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def own_modules() -> list[Path]:
    return [p for p in MODULES if p.name != "__main__.py"]


@pytest.mark.parametrize("path", own_modules(), ids=name_of)
def test_a_module_imports_only_from_lower_layers(path):
    own = name_of(path)
    for name in imports(path):
        if not name.startswith("markscan.") or name == "markscan.__version__":
            continue
        same_package = name.split(".")[1] == own.split(".")[0]
        assert same_package or layer_of(name) < layer_of(own), f"{own} imports {name}"


@pytest.mark.parametrize("path", own_modules(), ids=name_of)
def test_a_library_is_used_only_where_it_has_its_place(path):
    for name in imports(path):
        owners = OWNERS.get(name.split(".")[0])
        if owners is not None:
            assert any(name_of(path) == o or name_of(path).startswith(f"{o}.") for o in owners), (
                name
            )


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_has_a_docstring_and_stays_small(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), f"{path.name} has no docstring"
    assert text.count("\n") <= 400, f"{path.name} has grown past 400 lines"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_stays_under_fifty_lines(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 50, f"{node.name} is too long"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_names_are_documented(path):
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_no_module_is_named_after_nothing():
    nothing = {"util", "utils", "helper", "helpers", "manager", "common", "misc", "base"}
    assert not [p for p in MODULES if nothing & set(p.stem.split("_"))]


def test_exactly_one_function_catches_everything():
    broad = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert broad == ["scan"]


def test_every_extractor_file_is_registered_once():
    files = {
        name_of(path).removeprefix("extract.")
        for path in (PACKAGE / "extract").rglob("*.py")
        if path.parent.name != PACKAGE.name
        and path != PACKAGE / "extract" / "__init__.py"
        and re.search(
            r"^def extract\(source|import read as extract$", path.read_text("utf-8"), re.M
        )
    }
    assert sorted(e.name for e in extract.EXTRACTORS) == sorted(files)


@pytest.mark.parametrize("extractor", extract.EXTRACTORS, ids=lambda e: e.name)
def test_an_extractor_has_the_functions_it_is_registered_with(extractor):
    module = importlib.import_module(extractor.module)

    assert callable(module.extract)
    assert hasattr(module, "layout") == extractor.has_layout


def test_no_reading_library_is_loaded_before_a_file_of_its_kind_is_met():
    code = "import sys, markscan.scan; print(*sorted(m.split('.')[0] for m in sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert not set(loaded) & (set(OWNERS) - {"ahocorasick", "numpy"})


def test_no_two_extractors_read_one_format():
    formats = [name for e in extract.EXTRACTORS for name in e.formats]
    assert len(formats) == len(set(formats))


def test_every_rule_file_is_registered_once_in_code_order():
    files = sorted(p.stem[:5].upper() for p in (PACKAGE / "rules").rglob("ms[0-9]*.py"))
    assert [r.code for r in rules.RULES] == files


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda r: r.code)
def test_a_rule_is_named_and_placed_by_its_code(rule):
    module = rule.judge.__module__.removeprefix("markscan.rules.")
    family, _, stem = module.partition(".")
    folders = {
        "1": "marking", "2": "marking", "3": "leak", "4": "excerpt", "5": "lifecycle", "9": "text",
    }  # fmt: skip
    assert stem.startswith(rule.code.lower())
    assert family == folders[rule.code[2]]
    assert len(rule.found) >= 3 and len(rule.clean) >= 3


def test_every_reason_a_file_is_not_read_has_its_sentence():
    used = set()
    unread = {c.__name__ for c in _subclasses(markscan.UnreadError)}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in unread and node.args:
                reason = node.args[0]
                if isinstance(reason, ast.Constant):
                    used.add(reason.value)
    assert used <= set(PROBLEMS), used - set(PROBLEMS)


def _subclasses(kind: type) -> set[type]:
    return {kind} | {c for sub in kind.__subclasses__() for c in _subclasses(sub)}


def test_every_sentence_has_the_same_values_in_both_languages():
    for key, text in PROBLEMS.items():
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), key


def test_public_names_are_what_the_package_says():
    assert sorted(markscan.__all__) == sorted([*markscan._PUBLIC, "__version__"])
    for name in markscan.__all__:
        assert getattr(markscan, name) is not None
