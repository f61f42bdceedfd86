"""Why a file cannot be written or read: what the system's error numbers mean, as codes that `render` words."""

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


def reading_reason(error: Exception) -> str:
    """Return the code of why a file could not be read, or what the system says of it."""
    number = getattr(error, "errno", None)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return "no-file"
    if number in (errno.EACCES, errno.EPERM):
        return "no-right"
    return getattr(error, "strerror", None) or str(error)
