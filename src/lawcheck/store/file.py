"""The register's file: where it may lie, how it is opened, and what SQLite's errors mean to a user."""

import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from lawcheck import errors

APPLICATION_ID = 0x4C57434B  # "LWCK"
SCHEMA_VERSION = 2
OLDEST_SQLITE = (3, 37, 0)
"""The first SQLite with STRICT tables."""

NEEDED_BYTES = 65_536
"""Less free than this is a full disk: the write-ahead log's shared memory alone takes 32 KiB."""
_NETWORK = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ncp",
    "fuse.sshfs",
    "fuse.glusterfs",
    "ceph",
    "lustre",
    "webdav",
    "davfs",
)


@contextmanager
def translated(path: Path, busy_seconds: float) -> Iterator[None]:
    """Turn SQLite's errors inside the block into the errors of the register.

    Raises:
        RegisterFault: of the kind that fits.
        AgainstConstraint: a trigger refuses the change.

    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        found = _translation(error, path, busy_seconds)
        if found is None:
            raise
        raise found from error
    except UnicodeDecodeError as error:  # SQLite's own words about a damaged schema
        raise errors.RegisterDamaged(path=str(path), reason=str(error)) from error


def _translation(error: sqlite3.DatabaseError, path: Path, busy_seconds: float) -> errors.LawcheckError | None:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CONSTRAINT_TRIGGER:
        return errors.AgainstConstraint(path=str(path), reason=str(error).replace(" ", "-"))
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    where = str(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return errors.RegisterLocked(path=where, seconds=f"{busy_seconds:g}")
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(path)):
        return errors.DiskFull(path=where)
    if code == sqlite3.SQLITE_READONLY:
        return errors.RegisterReadOnly(path=where)
    if code == sqlite3.SQLITE_NOTADB:
        return errors.NotARegister(path=where, reason=str(error))
    unreadable = "Could not decode" in str(error) or "malformed" in str(error)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR) or unreadable:  # an error is a schema that is not ours
        return errors.RegisterDamaged(path=where, reason=str(error))
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return errors.RegisterUnreachable(path=where, reason=str(error))
    return None


def is_full(path: Path) -> bool:
    """Tell whether the disk is full: SQLite calls it an I/O error where it cannot grow its shared memory."""
    from shutil import disk_usage  # only after an error

    try:
        return disk_usage(path.parent).free < NEEDED_BYTES
    except OSError:
        return False


def connect(path: Path, busy_seconds: float, *, older: bool = False) -> tuple[sqlite3.Connection, bool]:
    """Open a register's file and check that it is one; return the connection and whether it is read-only.

    `older` takes one of an older version too, of which no more can be relied on than the journal.

    Raises:
        RegisterFault: when it is missing, a directory, no register, newer, older, locked or out of reach.

    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(str(part) for part in OLDEST_SQLITE)
        raise errors.SqliteTooOld(found=sqlite3.sqlite_version, needed=needed)
    _check_file(path)
    read_only = not os.access(path, os.W_OK)
    with translated(path, busy_seconds):
        try:
            connection = opened(path, "mode=ro" if read_only else "mode=rw", busy_seconds, older=older)
        except sqlite3.OperationalError:
            # A WAL file where nothing can be written lacks its -shm file; without a -wal beside it, it is whole.
            if not read_only or path.with_name(path.name + "-wal").exists():
                raise
            connection = opened(path, "immutable=1", busy_seconds, older=older)
        if not read_only and not is_on_local_disk(path):
            with suppress(sqlite3.OperationalError):  # others have it open: the last of them gives up the log
                connection.execute("PRAGMA journal_mode=DELETE")
    return connection, read_only


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise errors.RegisterIsDirectory(path=str(path))
        if not path.exists():
            raise errors.RegisterMissing(path=str(path))
        if not path.is_file():
            raise errors.NotARegister(path=str(path), reason="not-a-file")
        if path.stat().st_size == 0:
            raise errors.NotARegister(path=str(path), reason="empty-file")
    except (OSError, ValueError) as error:
        raise errors.RegisterUnreachable(path=str(path), reason=str(error)) from error


def opened(path: Path, mode: str, busy_seconds: float, *, older: bool = False) -> sqlite3.Connection:
    """Open a register's file in a mode of SQLite's addresses, whatever the operating system says of its rights."""
    address = f"file:{quote(str(path.absolute()))}?{mode}"
    connection = sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)
    try:
        _check_kind(connection, path, older=older)
        settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_kind(connection: sqlite3.Connection, path: Path, *, older: bool) -> None:
    """Refuse another program's database and a register of another version."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise errors.NotARegister(path=str(path), reason="foreign-file")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise errors.RegisterNewer(path=str(path), found=version, known=SCHEMA_VERSION)
    if version < 1:
        raise errors.RegisterDamaged(path=str(path), reason="no-version")
    if version < SCHEMA_VERSION and not older:
        raise errors.RegisterOlder(path=str(path), found=version, known=SCHEMA_VERSION)


def settle(connection: sqlite3.Connection) -> None:
    """Set what SQLite does not keep in the file: foreign keys on, every commit on the disk, no trusted schema."""
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA trusted_schema=OFF")


@contextmanager
def making_file(path: Path, busy_seconds: float) -> Iterator[sqlite3.Connection]:
    """Make a file of mode 0600 beside its place for the block to fill, and move it there when it is whole.

    It gets a write-ahead log where the disk is local. Whoever is killed meanwhile leaves nothing at the place.

    Raises:
        RegisterFault: when the file cannot be made.

    """
    coming = path.with_name(f".coming-{os.urandom(8).hex()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.path.lexists(path):
            raise errors.NotARegister(path=str(path), reason="file-there")
        os.close(os.open(coming, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            with (
                translated(path, busy_seconds),
                closing(sqlite3.connect(coming, timeout=busy_seconds, isolation_level=None)) as connection,
            ):
                settle(connection)
                yield connection
                connection.execute(f"PRAGMA journal_mode={_log_at(path)}")
            _put(coming, path)
        finally:
            remove_file(coming)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
            raise errors.DiskFull(path=str(path)) from error
        raise errors.RegisterUnreachable(path=str(path), reason=str(error)) from error


def _put(coming: Path, path: Path) -> None:
    """Give a whole file its name, unless something has got it meanwhile, and bring the name to the disk."""
    from lawcheck.store.vault import sync_folder  # only for new registers

    try:
        os.link(coming, path)
    except FileExistsError:
        raise errors.NotARegister(path=str(path), reason="file-there") from None
    except OSError:  # a disk without links
        if os.path.lexists(path):
            raise errors.NotARegister(path=str(path), reason="file-there") from None
        coming.rename(path)
    try:
        sync_folder(path.parent)
    except BaseException:
        path.unlink()
        raise


def set_log(path: Path, place: Path) -> None:
    """Give a register that nobody has open the log that fits the disk of the place to which it is going to be moved.

    Raises:
        RegisterFault: it cannot be written.

    """
    with translated(path, 0), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        settle(connection)
        connection.execute(f"PRAGMA journal_mode={_log_at(place)}")


def _log_at(path: Path) -> str:
    return "WAL" if is_on_local_disk(path) else "DELETE"


def remove_file(path: Path) -> None:
    """Remove a register that holds nothing, with SQLite's files beside it.

    Raises:
        RegisterUnreachable: it cannot be removed.

    """
    try:
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError as error:
        raise errors.RegisterUnreachable(path=str(path), reason=str(error)) from error


def is_on_local_disk(path: Path) -> bool:
    """Tell whether a path lies on a disk of this machine; a write-ahead log is unsafe on any other."""
    if sys.platform == "win32":
        import ctypes  # only on Windows

        drive_remote = 4
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.absolute().anchor) != drive_remote)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    place = str(path.absolute())
    best, kind = "", ""
    for line in mounts.splitlines():
        _, mount, filesystem, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        inside = place == mount or place.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, filesystem
    return not kind.startswith(_NETWORK)
