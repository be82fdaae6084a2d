"""A bucket on a server that speaks S3 over HTTP: moto's, started here where it is installed."""

import pytest

from markscan.cli import main

moto = pytest.importorskip("moto.server", reason="moto[server] is not installed: no S3 server")
s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed")

MARKED = "机密★10年\n关于青禾渡口安排的通知\n各单位：\n请做好工作。\n某某局\n2026年1月5日\n"


@pytest.fixture
def bucket(tmp_path, monkeypatch):
    """The bucket `docs` with two objects, on a server of its own; its client."""
    monkeypatch.chdir(tmp_path)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    known = {
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_MAX_ATTEMPTS": "1",
        "MARKSCAN_CACHE": str(tmp_path / "cache"),
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    files = s3fs.S3FileSystem(skip_instance_cache=True)
    if not files.exists("docs"):  # what moto holds outlives its server
        files.mkdir("docs")
    files.pipe({"docs/科室/甲.txt": MARKED.encode(), "docs/乙.txt": "会议通知".encode()})
    yield files
    server.stop()


def said(capsys, *arguments):
    """Scan with one process; return the exit code and standard output."""
    code = main(["scan", *arguments, "--jobs", "1"])
    return code, capsys.readouterr().out


def test_objects_are_found_and_read(bucket, capsys):
    code, out = said(capsys, "s3://docs")

    assert code == 1
    assert "s3://docs/科室/甲.txt" in out and "MS301" in out
    assert "发现文件 2 = 完整检查 2" in out


def test_a_bucket_that_is_not_there_is_not_clean(bucket, capsys):
    assert "未能检查 1" in said(capsys, "s3://nothing")[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("AWS_ENDPOINT_URL", "http://127.0.0.1:9"), ("AWS_ACCESS_KEY_ID", None)],
    ids=["no-server", "no-login"],
)
def test_a_server_out_of_reach_is_not_clean(bucket, capsys, monkeypatch, tmp_path, name, value):
    if value is None:
        monkeypatch.delenv(name)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    else:
        monkeypatch.setenv(name, value)
    (tmp_path / "markscan.toml").write_text("[remote]\npatience = 1\n", "utf-8")
    code, out = said(capsys, "s3://docs")

    assert code in (1, 3)
    assert "未能检查 1" in out
