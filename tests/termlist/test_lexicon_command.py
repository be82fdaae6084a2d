"""What the review of lists tells, and what the commands on lists do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from markscan.cli import main
from markscan.lexicon_review import Review, review
from markscan.termlist import read_entries, sealing

PASSPHRASE = "春江花月夜-correct-horse"
HEAD = "词条,编号,主题,权重,边界,前文,后文,示例,反例\n"


@pytest.fixture(autouse=True)
def _apart(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKSCAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(sealing.KEY_VARIABLE, raising=False)
    monkeypatch.setattr(sealing, "_COST", (10, 8, 1))
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str) -> Path:
    path = Path(name)
    path.write_text(content, "utf-8")
    return path


def reviewed(content: str, name: str = "a.csv", **options: object) -> Review:
    return review(read_entries([write(name, content)]), **options)


def told(seen: Review) -> list[tuple[str, tuple[int, ...]]]:
    return [(note.kind, note.numbers) for note in seen.notes]


REVIEWED = {
    "nothing": ("鑫蟃工程,1,甲\n", []),
    "the same term twice": ("鑫蟃工程,1,甲\n鑫蟃工程,2,甲\n", [("duplicate", (0, 1))]),
    "the same once folded": ("鑫蟃國ＡＢ,1,甲\n鑫蟃国ab,2,甲\n", [("duplicate", (0, 1))]),
    "two topics": ("鑫蟃工程,1,甲\n鑫蟃工程,2,乙\n", [("contradiction", (0, 1))]),
    "two weights": ("鑫蟃工程,1,甲,1\n鑫蟃工程,2,甲,2\n", [("contradiction", (0, 1))]),
    "bounded and not": ("鑫蟃工程,1,甲,,否\n鑫蟃工程,2,甲\n", [("contradiction", (0, 1))]),
    "the same beside other text": ("鑫蟃工程,1,甲,,,关于\n鑫蟃工程,2,乙,,,按照\n", []),
    "not in its example": ("鑫蟃工程,1,甲,,,,,没有\n", [("example", (0,))]),
    "in its counter-example": ("鑫蟃工程,1,甲,,,,,,鑫蟃工程队\n", [("counter-example", (0,))]),
    "in its example": ("鑫蟃工程,1,甲,,,,,关于鑫蟃 工程,鑫蟃\n", []),
    "not beside what it needs": (
        "鑫蟃工程,1,甲,,,关于,的,按照鑫蟃工程的,关于鑫蟃工程\n", [("example", (0,))]
    ),
    "beside what it needs": ("鑫蟃工程,1,甲,,,关.,,关于鑫蟃工程的,鑫蟃工程\n", []),
    "too short": ("鑫,1,甲\n", [("short", (0,))]),
    "too common": ("国家,1,甲\n", [("common", (0,))]),
    "an id that is the term": ("鑫蟃工程,鑫蟃工程,甲\n", [("named", (0,))]),
    "an id that holds the term": ("鑫蟃國程,7-鑫蟃国程,甲\n", [("named", (0,))]),
    "an id that is the term in Latin": ("ＲＥＤＦＯＸＱ,redfoxq,甲\n", [("named", (0,))]),
    "an id that holds the term in Latin": ("redfoxq,redfoxq7,甲\n", []),
    "a line that is the term": ("鑫蟃工程,,甲\n70123,,甲\n", []),
    "inside another": ("鑫蟃工程队,1,甲\n鑫蟃工程,2,甲\n", [("inside", (0, 1))]),
    "inside another of another topic": ("鑫蟃工程队,1,甲\n鑫蟃工程,2,乙\n", []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "notes"), REVIEWED.values(), ids=REVIEWED)
def test_a_list_is_looked_over(rows, notes):
    assert told(reviewed(HEAD + rows)) == notes


def test_common_terms_are_counted_in_texts_of_the_office():
    seen = reviewed("鑫蟃工程\n国家\n", "a.txt", texts=["鑫蟃工程。" * 100])

    assert told(seen) == [("common", (0,)), ("dense", ())]
    assert seen.notes[0].counted
    assert seen.notes[0].figure == pytest.approx(1e6 / 15)
    assert seen.megabytes == pytest.approx(0.0015)


def test_no_text_counts_nothing():
    assert reviewed("鑫蟃工程\n", "a.txt", texts=[]).counted is None


def test_a_dense_list_is_told():
    words = "国家人民法律规定机关工作管理行政部门应当依法单位责任或者其他有关"
    pairs = [words[at : at + 2] for at in range(0, len(words), 2)]

    seen = reviewed("\n".join(pairs), "a.txt")
    assert seen.notes[-1].kind == "dense"
    assert seen.expected > 100
    assert (seen.terms, dict(seen.topics), dict(seen.lengths)) == (16, {"a": 16}, {2: 16})


def test_a_line_as_id_is_not_the_term_that_looks_like_it():
    assert told(reviewed("\n" * 76 + "77\n", "a.txt", common=1e9)) == []


def test_a_list_in_big5_is_told():
    terms = "機密檔案管理辦法\n國家安全會議紀錄\n"
    path = Path("a.txt")

    path.write_bytes(terms.encode("big5"))
    assert told(review(read_entries([path])))[0] == ("encoding", (0,))
    for encoding in ("gb18030", "utf-8", "utf-16"):
        path.write_bytes(terms.encode(encoding))
        assert ("encoding", (0,)) not in told(review(read_entries([path])))


@pytest.mark.parametrize(
    "pattern", ["(?x)参与 # c", "[张-後]"], ids=["a remark", "a range that folds away"]
)
def test_check_refuses_what_a_scan_refuses(capsys, pattern):
    write("a.txt", "甲乙丙丁戊\n")
    write("b.csv", f"词条,前文\n鑫蟃工程,\n鑫蟃工程队,{pattern}\n")
    write("key", PASSPHRASE)
    Path("公开").mkdir()
    write("公开/a.txt", "甲\n")
    write("markscan.toml", '[terms]\nfiles = ["a.txt", "b.csv"]\n')

    assert main(["scan", "公开"]) == 2
    capsys.readouterr()
    assert main(["lexicon", "check", "a.txt", "b.csv"]) == 2
    assert "b.csv:3" in capsys.readouterr().err
    assert main(["lexicon", "seal", "b.csv", "--out", "b.sealed", "--key-file", "key"]) == 2
    assert not Path("b.sealed").exists()


def test_an_id_that_tells_its_term_is_not_shown_and_not_sealed(capsys):
    write("a.csv", "词条,编号\n鑫蟃工程,1\n鑫蟃工程队,鑫蟃工程队\n")
    write("key", PASSPHRASE)

    assert main(["lexicon", "check", "a.csv"]) == 1
    assert main(["lexicon", "check", "a.csv", "--format", "jsonl"]) == 1
    shown = capsys.readouterr()
    assert "a.csv:3" in shown.out and "鑫蟃" not in shown.out + shown.err
    assert main(["lexicon", "seal", "a.csv", "--out", "b.sealed", "--key-file", "key"]) == 2
    shown = capsys.readouterr()
    assert "a.csv:3" in shown.err and "鑫蟃" not in shown.err
    assert not Path("b.sealed").exists()


def test_check_leaves_nothing_in_the_cache(tmp_path):
    tails = [chr(0x5000 + n % 3000) + chr(0x6000 + n // 3000) for n in range(12_000)]
    write("a.txt", "\n".join(f"鑫蟃工程{tail}" for tail in tails))

    assert main(["lexicon", "check", "a.txt"]) in (0, 1)
    assert not (tmp_path / "cache").exists()


def test_sealing_empties_the_cache_and_says_so(tmp_path, capsys):
    write("a.txt", "\n".join(f"鑫蟃工程{chr(0x5000 + n)}" for n in range(3000)))
    write("key", PASSPHRASE)
    main(["lexicon", "compile", "a.txt"])
    folder = tmp_path / "cache"
    (folder / "own.txt").write_text("of the user")
    assert len(list(folder.iterdir())) > 1
    capsys.readouterr()

    assert main(["lexicon", "seal", "a.txt", "--out", "b.sealed", "--key-file", "key"]) == 0
    assert [path.name for path in folder.iterdir()] == ["own.txt"]
    assert str(folder) in capsys.readouterr().err


def test_check_cites_places_and_quotes_only_when_asked(capsys):
    write("清单.txt", "鑫蟃工程\n# x\n国家\n")

    assert main(["lexicon", "check", "清单.txt"]) == 1
    shown = capsys.readouterr().out
    assert "清单.txt:3 [清单.3]" in shown and "国家" not in shown and "鑫蟃" not in shown

    assert main(["lexicon", "check", "清单.txt", "--quote"]) == 1
    assert "清单.txt:3 [清单.3] 国家" in capsys.readouterr().out


def test_check_speaks_json(capsys):
    write("a.txt", "鑫蟃工程\n国家\n")

    assert main(["lexicon", "check", "a.txt", "--format", "jsonl", "--lang", "en"]) == 1
    note, totals = map(json.loads, capsys.readouterr().out.splitlines())
    assert (note["kind"], note["severity"]) == ("common", "warning")
    assert note["terms"] == [{"place": "a.txt:2", "id": "a.2"}]
    assert note["figure"] > 100 and not note["counted"]
    assert (totals["kind"], totals["terms"]) == ("totals", 2)


def test_check_counts_in_files_of_a_folder(capsys):
    write("a.txt", "鑫蟃工程\n")
    Path("公开").mkdir()
    write("公开/b.html", "<p>鑫蟃工程</p>")

    assert main(["lexicon", "check", "a.txt", "--text", "公开", "--format", "jsonl"]) == 1
    note = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (note["kind"], note["counted"]) == ("common", True)


def test_a_good_list_ends_with_zero(capsys):
    write("a.txt", "鑫蟃工程\n")

    assert main(["lexicon", "check", "a.txt"]) == 0
    assert "没有需要注意的问题" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "missing.txt"],
        ["check", "a.txt", "--text", "missing"],
        ["seal", "a.txt", "--out", "b.sealed"],
        ["seal", "a.txt", "--out", "a.txt", "--key-file", "key"],
        ["seal", "bad.txt", "--out", "b.sealed", "--key-file", "key"],
        ["seal", "a.txt", "--out", "b.sealed", "--key-file", "missing"],
        ["unseal", "a.txt", "--out", "b.txt", "--key-file", "key"],
        ["unseal", "missing", "--out", "b.txt", "--key-file", "key"],
        ["compile"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(arguments, capsys):
    write("a.txt", "鑫蟃工程\n")
    write("bad.txt", "鑫\n")
    write("key", PASSPHRASE)

    assert main(["lexicon", *arguments]) == 2
    assert capsys.readouterr().err
    assert not Path("b.sealed").exists() and not Path("b.txt").exists()


def test_a_list_is_sealed_checked_and_opened_again(capsys):
    source = write("清单.txt", "鑫蟃工程\n国家\n")
    write("key", PASSPHRASE + "\n")

    assert main(["lexicon", "seal", "清单.txt", "--out", "x.sealed", "--key-file", "key"]) == 0
    assert main(["lexicon", "seal", "x.sealed", "--out", "y.sealed", "--key-file", "key"]) == 2
    assert main(["lexicon", "check", "x.sealed", "--quote", "--key-file", "key"]) == 1
    shown = capsys.readouterr()
    assert "x.sealed:2 [清单.2]" in shown.out
    assert "国家" not in shown.out + shown.err and "鑫蟃" not in shown.out + shown.err
    assert main(["lexicon", "unseal", "x.sealed", "--out", "z.txt", "--key-file", "key"]) == 0
    assert Path("z.txt").read_bytes() == source.read_bytes()


def test_a_sealed_list_of_the_configuration_is_opened_with_the_key_it_names(capsys, monkeypatch):
    write("清单.txt", "鑫蟃工程\n")
    write("key", PASSPHRASE)
    main(["lexicon", "seal", "清单.txt", "--out", "x.sealed", "--key-file", "key"])
    write("markscan.toml", '[terms]\nfiles = ["x.sealed"]\nkey-file = "key"\n')
    assert main(["lexicon", "compile"]) == 0

    write("markscan.toml", '[terms]\nfiles = ["x.sealed"]\n')
    assert main(["lexicon", "compile"]) == 2
    monkeypatch.setenv(sealing.KEY_VARIABLE, "key")
    assert main(["lexicon", "compile"]) == 0

    write("markscan.toml", '[terms]\nfiles = ["x.sealed"]\nkey-file = "missing"\n')
    capsys.readouterr()
    assert main(["lexicon", "compile"]) == 2
    assert "markscan.toml:3" in capsys.readouterr().err


def test_compile_says_what_it_made(capsys):
    write("a.txt", "\n".join(f"鑫蟃工程{chr(0x5000 + n)}" for n in range(3000)))

    assert main(["lexicon", "compile", "a.txt", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("3000 terms, engine ")


def test_nothing_of_a_sealed_list_is_kept_in_the_clear(tmp_path):
    # Long enough that its columns and what is compiled of them are both kept.
    tails = [chr(0x5000 + n % 3000) + chr(0x6000 + n // 3000) for n in range(12_000)]
    write("清单.txt", "\n".join(f"鑫蟃工程{tail}" for tail in tails))
    write("key", PASSPHRASE)
    main(["lexicon", "seal", "清单.txt", "--out", "x.sealed", "--key-file", "key"])
    assert not (tmp_path / "cache").exists()

    assert main(["lexicon", "compile", "x.sealed", "--key-file", "key"]) == 0
    kept = [path.read_bytes() for path in (tmp_path / "cache").iterdir()]
    assert len(kept) >= 2
    for word in ("鑫蟃", "工程", "清单"):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            assert not any(word.encode(encoding) in content for content in kept)
    write("plain.txt", Path("清单.txt").read_text("utf-8"))
    main(["lexicon", "compile", "plain.txt"])
    seen = [path.read_bytes() for path in (tmp_path / "cache").iterdir()]
    assert any("鑫蟃工程".encode("utf-16-le") in content for content in seen)
