"""Pages that are elsewhere now."""

from mkdocs_papers.library.model import Note
from mkdocs_papers.pages.moves import moves
from tests.pages.papers import paper, site


def test_a_paper_takes_along_the_notes_of_its_folder_alone() -> None:
    former = paper("2024/Quest", title="Quest", former_keys=("2023/Quest", "2022/Quest"))
    notes = ("2024/Quest/note.md", "2022/quest/NOTE.md", "2024/Other/note.md", "2023.md")
    moved = moves(site(former, paper("2022/QUEST"), notes=tuple(Note(path, "A note") for path in notes)))
    # A record and a note have taken the other key, and what is beside it stays.
    assert [(each.old.path, each.new.path, each.title) for each in moved] == [
        ("papers/2023/Quest", "papers/2024/Quest", "Quest"),
        ("notes/2023/Quest/note", "notes/2024/Quest/note", "A note"),
    ]
