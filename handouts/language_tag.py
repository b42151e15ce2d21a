"""Tags of languages, such as `en` or `es-MX`."""

import re

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A tag with its language and perhaps script and region (BCP 47)."""
