import gc
from weakref import ref

from handouts.structure import AnnotationItem, ContentItem, StructureElement


def _tags(element: StructureElement) -> list[object]:
    return [kid.tag if isinstance(kid, StructureElement) else kid for kid in element.content()]


def test_children_stand_in_the_order_in_which_they_are_made() -> None:
    root = StructureElement("Document")
    for tag in ("H1", "P", "H2", "P"):
        root.add(tag).kids.append(ContentItem(0, 1))
    assert _tags(root) == ["H1", "P", "H2", "P"]


def test_a_child_knows_its_parent_and_what_it_was_given() -> None:
    root = StructureElement("Document", language="en")
    scope = (("Table", "Scope", "/Row"),)
    child = root.add("TH", attributes=scope, alt="a", actual_text="b", language="es")
    assert (root.parent, child.parent) == (None, root)
    assert (child.attributes, child.alt, child.actual_text, child.language) == (
        scope,
        "a",
        "b",
        "es",
    )


def test_a_tree_is_gone_without_the_garbage_collector_once_nobody_holds_its_root() -> None:
    root = StructureElement("L")
    item = root.add("LI")
    gone = ref(item.add("LBody"))
    gc.disable()
    try:
        del root
        assert item.parent is None
        del item
        assert gone() is None
    finally:
        gc.enable()


def test_text_that_is_drawn_later_stands_where_its_place_was_kept() -> None:
    root = StructureElement("P")
    before, link, behind = root.place(), root.add("Link"), root.place()
    link.kids.append(ContentItem(0, 1))
    behind.kids.append(ContentItem(0, 2))
    before.kids.append(ContentItem(0, 0))
    assert _tags(root) == [ContentItem(0, 0), "Link", ContentItem(0, 2)]


def test_a_place_belongs_to_its_parent() -> None:
    root = StructureElement("P")
    assert root.place().real is root
    assert root.place().place().real.tag == ""
    assert root.real is root
    assert StructureElement("").real.tag == ""


def test_elements_without_content_are_left_out_but_for_a_tables_cells() -> None:
    row = StructureElement("TR")
    for tag in ("TH", "TD", "P", "Span"):
        row.add(tag)
    row.add("P").add("Span")
    row.place()
    assert _tags(row) == ["TH", "TD", "P"]


def test_annotations_are_content() -> None:
    link = StructureElement("Link")
    link.kids += [ContentItem(0, 3), AnnotationItem(0, 1)]
    assert _tags(link) == [ContentItem(0, 3), AnnotationItem(0, 1)]
