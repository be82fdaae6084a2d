"""What a path says of the place: kinds of lexicons/path_kinds.toml."""

import pytest

from markscan.path_kinds import first_of, path_kinds, read_kinds


def kinds(path: str) -> set[str]:
    return set(path_kinds(path))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\$Recycle.Bin\S-1-5-21-1\$RABC.docx", "recycle-bin"),
        ("/home/a/.local/share/Trash/files/通知.docx", "recycle-bin"),
        ("/media/a/U/.Trash-1000/files/通知.docx", "recycle-bin"),
        (".Trash-1000/files/通知.docx", "recycle-bin"),
        ("/volume1/share/#recycle/通知.docx", "recycle-bin"),
        (r"C:\Users\a\AppData\Local\Temp\7zO1\通知.docx", "temporary"),
        (r"D:\共享\~$通知.docx", "temporary"),
        ("/tmp/通知.docx", "temporary"),
        (r"C:\Windows\System32\spool\PRINTERS\00012.SPL", "spool"),
        ("/var/spool/cups/d00012-001", "spool"),
        (r"C:\Users\a\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\X\a.docx", "cache"),
        (r"C:\Users\a\AppData\Local\Microsoft\Office\UnsavedFiles\通知.asd", "autosave"),
        ("/srv/share/自动恢复-通知.wps", "autosave"),
        ("/srv/scan-to-folder/0001.pdf", "scan-inbox"),
        (r"D:\Windows.old\Users\a\通知.docx", "old-system"),
        (r"D:\WeChat Files\wxid_1\FileStorage\File\2025-12\通知.docx", "messenger"),
        (r"C:\Users\a\Documents\Tencent Files\10001\FileRecv\通知.docx", "messenger"),
        ("/Users/a/Library/Containers/com.tencent.xinWeChat/Data/通知.docx", "messenger"),
        (r"D:\WXWork\168\Cache\File\通知.docx", "messenger"),
        (r"C:\Users\a\Documents\Outlook Files\a.pst", "mail-store"),
        (r"D:\Foxmail 7.2\Storage\a@b.cn\1.eml", "mail-store"),
        (r"C:\Users\a\OneDrive - 某公司\通知.docx", "cloud-sync"),
        (r"D:\BaiduNetdiskDownload\通知.docx", "cloud-sync"),
        (r"D:\WPS云盘\通知.docx", "cloud-sync"),
        ("/var/www/html/files/通知.docx", "web-root"),
        (r"D:\OA\webapps\oa\upload\通知.docx", "web-root"),
        (r"C:\Users\a\Desktop\通知.docx", "personal-folder"),
        ("/home/a/桌面/通知.docx", "personal-folder"),
        ("/srv/微信/通知.docx", "messenger"),
        ("/srv/微信聊天记录备份/通知.docx", "messenger"),
        ("/srv/群文件/微信图片/1.jpg", "messenger"),
        ("/srv/某某的钉钉文件备份/通知.docx", "messenger"),
        ("/srv/QQ邮箱附件/通知.docx", "mail-store"),
        ("D:/夸克网盘/通知.docx", "cloud-sync"),
        ("/srv/门户网站/附件/通知.docx", "web-root"),
        ("/opt/nginx/html/通知.docx", "web-root"),
        ("/srv/OA附件/upload/通知.docx", "web-root"),
        ("/srv/张三的电脑/D盘/桌面/通知.docx", "personal-folder"),
    ],
)
def test_a_place_is_known_by_its_path(path, kind):
    assert kind in kinds(path)


@pytest.mark.parametrize(
    "path",
    [
        "/srv/share/通知.docx",
        "/tmp/share/通知.docx",
        "tmp/通知.docx",
        "/srv/回收站管理办法.docx",
        "/srv/微信使用规定.docx",
        "/srv/微信公众号稿件/通知.docx",
        "/srv/门户网站建设/方案.docx",
        "/srv/桌面终端采购/合同.docx",
        "/srv/邮箱管理/规定.docx",
        "/srv/upload/通知.docx",
        "/srv/templates/通知.docx",
        "/srv/desktop/通知.docx",
        "/srv/OneDriver/通知.docx",
        "通知.docx",
        "",
    ],
)
def test_other_paths_are_of_no_kind(path):
    assert not kinds(path)


def test_case_and_slash_do_not_matter():
    path = r"C:\USERS\A\ONEDRIVE\通知.DOCX"

    assert kinds(path) == kinds(path.lower().replace("\\", "/")) == {"cloud-sync"}


def test_a_path_may_be_of_several_kinds_and_the_first_of_a_group_is_told():
    found = path_kinds("C:/Users/a/AppData/Local/Temp/~$通知.docx")
    both = path_kinds("C:/$Recycle.Bin/WeChat Files/a.tmp")

    assert found == {"temporary"}
    assert both == {"recycle-bin", "temporary", "messenger"}
    assert first_of(both, "residue").code == "recycle-bin"
    assert first_of(both, "channel").code == "messenger"
    assert first_of(both, "published") is None
    assert first_of(frozenset(), "residue") is None


def test_files_of_one_folder_differ_only_by_their_names():
    assert path_kinds("/srv/share/a.docx") == path_kinds("/srv/share/b.docx") == frozenset()
    assert path_kinds("/srv/share/a.tmp") == {"temporary"}


def test_every_kind_has_a_name_in_both_languages_and_a_code_of_its_own():
    codes = [kind.code for kind in read_kinds()]

    assert len(codes) == len(set(codes))
    assert all(kind.name.zh and kind.name.en for kind in read_kinds())
