"""Templates: Jinja2 fills them, in a sandbox, at a bounded cost; mistakes name the author's line."""

from handouts.template.filled import Filled
from handouts.template.filling import TemplateSet, template_set
from handouts.template.sandbox import rich
from handouts.template.slots import LateError

__all__ = ["Filled", "LateError", "TemplateSet", "rich", "template_set"]
