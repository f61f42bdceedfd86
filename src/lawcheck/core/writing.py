"""Why a file cannot be written: what the system's error numbers mean to a user, as codes that `render` words."""

import errno

_REASONS = {
    errno.ENOSPC: "no-room",
    errno.EDQUOT: "no-room",
    errno.ENOENT: "no-folder",
    errno.ENOTDIR: "no-folder",
    errno.EACCES: "no-right-to-write",
    errno.EPERM: "no-right-to-write",
    errno.EROFS: "no-right-to-write",
}


def reason(error: Exception) -> str:
    """Return the code of what went wrong, or what the system says of it."""
    return _REASONS.get(getattr(error, "errno", None) or 0) or getattr(error, "strerror", None) or str(error)
