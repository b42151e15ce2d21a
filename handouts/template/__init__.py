"""Templates: Jinja2 fills them, in a sandbox, at a bounded cost; mistakes name the author's line."""

from handouts.template.filling import Filled, TemplateSet
from handouts.template.lifting import LateError
from handouts.template.sandbox import rich

__all__ = ["Filled", "LateError", "TemplateSet", "rich"]
