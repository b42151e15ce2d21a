from handouts.pdf.tagging import AnnotationItem, ContentItem, MarkedContent
from handouts.pdf.tree import gathered
from handouts.structure import StructureElement


def _kids(root: StructureElement, marked: MarkedContent) -> list[object]:
    """Give what stands in an element: types of elements, and content."""
    kids = gathered(root, marked)[root]
    return [kid.tag if isinstance(kid, StructureElement) else kid for kid in kids]


def test_text_that_is_drawn_later_stands_where_its_place_was_kept() -> None:
    root, marked = StructureElement("P"), MarkedContent()
    before, link, behind = root.place(), root.add("Link"), root.place()
    marked.begin_page()
    for element in (link, behind, before):
        marked.add(element)
    assert _kids(root, marked) == [ContentItem(0, 2), "Link", ContentItem(0, 1)]


def test_elements_without_content_are_left_out_but_for_a_tables_cells() -> None:
    row = StructureElement("TR")
    for tag in ("TH", "TD", "P", "Span"):
        row.add(tag)
    full = row.add("P")
    row.add("P").add("Span")
    row.place()
    marked = MarkedContent()
    marked.begin_page()
    marked.add(full.add("Span"))
    assert _kids(row, marked) == ["TH", "TD", "P"]
    assert _kids(full, marked) == ["Span"]


def test_annotations_stand_behind_the_content_of_their_element() -> None:
    link, marked = StructureElement("Link"), MarkedContent()
    marked.begin_page()
    marked.begin_page()
    marked.add(link)
    marked.add_annotation(link)
    assert _kids(link, marked) == [ContentItem(1, 0), AnnotationItem(1, 0)]


def test_elements_of_an_imprint_stay_behind_their_anchor() -> None:
    root, marked = StructureElement("Document"), MarkedContent()
    anchor = root.place()
    anchor.add("P")
    marked.begin_page()
    contents = gathered(root, marked, anchors=[anchor])
    assert contents[root] == [anchor]
