import gc
from weakref import ref

from handouts.structure import StructureElement


def test_children_stand_in_the_order_in_which_they_are_made() -> None:
    root = StructureElement("Document")
    for tag in ("H1", "P", "H2", "P"):
        root.add(tag)
    assert [kid.tag for kid in root.kids] == ["H1", "P", "H2", "P"]


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


def test_a_place_belongs_to_its_parent() -> None:
    root = StructureElement("P")
    assert root.place().real is root
    assert root.place().place().real.tag == ""
    assert root.real is root
    assert StructureElement("").real.tag == ""
