"""One terminal for the whole system: in which order its parts come up."""

from __future__ import annotations

from pathlib import Path

from cms import supervise
from cms.core.supervisor import Child, Supervisor

CATALOGUE = """msgid ""
msgstr ""
"Language: vi\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Search"
msgstr "Tìm kiếm"
"""


class Watching(Supervisor):
    """Starts nothing; notes which catalogues lay ready when each child would have started."""

    def __init__(self, children: list[Child], folder: Path) -> None:
        super().__init__(children, print)
        self._folder = folder
        self.ready: dict[str, list[str]] = {}

    def start(self, child: Child) -> None:
        self.ready[child.name] = [path.name for path in self._folder.rglob("*.mo")]


def test_no_process_starts_before_the_interface_can_speak_vietnamese(tmp_path, monkeypatch):
    catalogue = tmp_path / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE, "utf-8")
    monkeypatch.setattr(supervise, "BASE_DIR", tmp_path)
    house = supervise.House(tmp_path / "var", 1, 2)
    watching = Watching([house.sandbox(), house.web()], tmp_path)
    house.lay_foundations(watching)
    assert watching.ready == {house.sandbox().name: ["django.mo"], house.web().name: ["django.mo"]}
