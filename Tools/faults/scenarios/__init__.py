"""The scenarios, in the order in which they run."""

from . import kill_worker  # noqa: F401 isort: skip
from . import faulty  # noqa: F401 isort: skip
from . import crash_loop  # noqa: F401 isort: skip
from . import gateway  # noqa: F401 isort: skip
from . import crowd  # noqa: F401 isort: skip
from . import soak  # noqa: F401 isort: skip
from . import idle  # noqa: F401 isort: skip
from . import disk  # noqa: F401 isort: skip
from . import hang_up  # noqa: F401 isort: skip
from . import models  # noqa: F401 isort: skip
from . import access  # noqa: F401 isort: skip
from . import far_service  # noqa: F401 isort: skip
from . import bad_input  # noqa: F401 isort: skip
