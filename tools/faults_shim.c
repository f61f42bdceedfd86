/* Makes the k-th write, sync or change of a name below a folder fail, for `make faults`; loaded with LD_PRELOAD.
 *
 * It can also cut the power: what was written and not synced is taken back, all of it or a part by chance, and the
 * process ends. Names are taken for durable. A process arms it by calling faults_arm, or is armed from its start by FAULTS_FOLDER, FAULTS_KIND, FAULTS_HOW,
 * FAULTS_AT and FAULTS_ERRNO. When the fault has come, faults_came says so, and the file FAULTS_CAME is made.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2, NAMES = 4 };
enum { ONCE = 0, FROM_THEN_ON = 1, TORN = 2, DEATH = 3, POWER_CUT = 4 };

static char folder[PATH_MAX];
static size_t length;
static int kinds, how, error_number;
static long left, came;

void faults_arm(const char *where, int which, int in_what_way, long at, int number) {
    length = where ? strlen(where) : 0;
    if (length >= sizeof folder) length = 0;
    memcpy(folder, where ? where : "", length);
    folder[length] = 0;
    kinds = which, how = in_what_way, left = at, error_number = number, came = 0;
}

long faults_came(void) { return came; }

long faults_left(void) { return left; }

__attribute__((constructor)) static void from_environment(void) {
    const char *where = getenv("FAULTS_FOLDER");
    if (where && getenv("FAULTS_AT"))
        faults_arm(where, atoi(getenv("FAULTS_KIND")), atoi(getenv("FAULTS_HOW")), atol(getenv("FAULTS_AT")),
                   atoi(getenv("FAULTS_ERRNO")));
}

static void tell(void) {
    const char *name = getenv("FAULTS_CAME");
    came++;
    if (name && came == 1) {
        int (*really)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
        int descriptor = really(name, O_CREAT | O_WRONLY, 0600);
        if (descriptor >= 0) close(descriptor);
    }
}

static int is_below(const char *path) {
    return length && path && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int named_below(int at, const char *path) {
    char found[PATH_MAX], link[64];
    ssize_t size;
    if (!length || !path) return 0;
    if (path[0] == '/') return is_below(path);
    if (at == AT_FDCWD) return getcwd(found, sizeof found) && is_below(found);
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    size = readlink(link, found, sizeof found - 1);
    if (size < 0) return 0;
    found[size] = 0;
    return is_below(found);
}

static int open_below(int descriptor) {
    return named_below(descriptor, ".");
}

/* A write that is not on the disk yet: what was there before, and what was written; of a change of size only that. */
struct held {
    struct held *earlier;
    char *before, *written;
    size_t before_count, count;
    off_t place, size_before, size_after;
    dev_t device;
    ino_t inode;
    char path[];
};
static struct held *unsynced;

static ssize_t (*really_pread(void))(int, void *, size_t, off64_t) {
    static ssize_t (*found)(int, void *, size_t, off64_t);
    if (!found) found = (ssize_t(*)(int, void *, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
    return found;
}

static int really_open(const char *path, int flags) {
    static int (*found)(const char *, int, ...);
    if (!found) found = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
    return found(path, flags, 0600);
}

/* Remember a write before it is made; bytes is NULL for a change of size. */
static void remember(int file, const void *bytes, size_t count, off_t place, off_t size_after) {
    char link[64], path[PATH_MAX];
    struct stat found;
    ssize_t size;
    int reader;
    struct held *one;
    if (how != POWER_CUT || !open_below(file) || fstat(file, &found)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    size = readlink(link, path, sizeof path - 1);
    if (size < 0) return;
    path[size] = 0;
    one = calloc(1, sizeof *one + size + 1);
    memcpy(one->path, path, size);
    one->device = found.st_dev, one->inode = found.st_ino;
    one->place = place, one->size_before = found.st_size, one->size_after = size_after;
    if (!bytes) count = size_after < found.st_size ? (size_t)(found.st_size - size_after) : 0;
    one->before = malloc(count + 1);
    reader = really_open(path, O_RDONLY);
    if (reader >= 0) {
        size = really_pread()(reader, one->before, count, place);
        one->before_count = size > 0 ? (size_t)size : 0;
        close(reader);
    }
    if (bytes) {
        one->written = malloc(count + 1);
        memcpy(one->written, bytes, count);
        one->count = count;
    }
    one->earlier = unsynced, unsynced = one;
}

static void is_synced(int file) {
    struct stat found;
    struct held **place = &unsynced;
    if (how != POWER_CUT || fstat(file, &found)) return;
    while (*place) {
        struct held *one = *place;
        if (one->device == found.st_dev && one->inode == found.st_ino) {
            *place = one->earlier;
            free(one->before), free(one->written), free(one);
        } else place = &one->earlier;
    }
}

static void put(const char *path, const char *bytes, size_t count, off_t place, off_t size) {
    static ssize_t (*writes)(int, const void *, size_t, off64_t);
    static int (*cuts)(int, off64_t);
    int file = really_open(path, O_WRONLY);
    if (!writes) writes = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    if (!cuts) cuts = (int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");
    if (file < 0) return; /* it was removed meanwhile */
    if (count && writes(file, bytes, count, place) < 0) perror(path);
    if (size >= 0 && cuts(file, size)) perror(path);
    close(file);
}

/* Take back what is not on the disk; of an odd chance, a part of it got there all the same. */
void faults_cut_power(unsigned chance) {
    struct held *one, *first = NULL, *next;
    unsigned dice = chance;
    if (how != POWER_CUT) return;
    for (one = unsynced; one; one = one->earlier) put(one->path, one->before, one->before_count, one->place, one->size_before);
    for (one = unsynced; one; one = next) next = one->earlier, one->earlier = first, first = one;
    for (one = first; one && chance % 2; one = one->earlier) {
        dice = dice * 1103515245u + 12345u;
        if ((dice >> 16) % 2) put(one->path, one->written, one->count, one->place, one->written ? -1 : one->size_after);
    }
    unsynced = NULL, length = 0;
}

/* Whether this call is the one to fail. */
static int now(int kind, int below) {
    if (!below || !(kinds & kind) || left == 0) return 0;
    if (left > 1) { left--; return 0; }
    if (how != FROM_THEN_ON) left = 0;
    tell();
    return 1;
}

static long failed(void) {
    if (how == POWER_CUT) { faults_cut_power((unsigned)error_number); kill(getpid(), SIGKILL); }
    if (how == DEATH) kill(getpid(), SIGKILL);
    errno = error_number;
    return -1;
}

#define REAL(result, name, ...) \
    static result (*really)(__VA_ARGS__); \
    if (!really) really = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (!now(WRITES, open_below(file))) {
        remember(file, bytes, count, lseek(file, 0, SEEK_CUR), 0);
        return really(file, bytes, count);
    }
    if ((how == TORN || how == DEATH) && count > 1) really(file, bytes, count / 2);
    return failed();
}

#define PWRITE(name, offset_type) \
    ssize_t name(int file, const void *bytes, size_t count, offset_type place) { \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type); \
        if (!now(WRITES, open_below(file))) { \
            remember(file, bytes, count, place, 0); \
            return really(file, bytes, count, place); \
        } \
        if ((how == TORN || how == DEATH) && count > 1) really(file, bytes, count / 2, place); \
        return failed(); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int file, const struct iovec *pieces, int count) {
    REAL(ssize_t, "writev", int, const struct iovec *, int);
    return now(WRITES, open_below(file)) ? failed() : really(file, pieces, count);
}

ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t place) {
    REAL(ssize_t, "pwritev", int, const struct iovec *, int, off_t);
    return now(WRITES, open_below(file)) ? failed() : really(file, pieces, count, place);
}

#define TRUNCATE(name, offset_type) \
    int name(int file, offset_type size) { \
        REAL(int, #name, int, offset_type); \
        if (now(WRITES, open_below(file))) return (int)failed(); \
        remember(file, NULL, 0, size, size); \
        return really(file, size); \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

ssize_t sendfile64(int out, int in, off64_t *place, size_t count) {
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    return now(WRITES, open_below(out)) ? failed() : really(out, in, place, count);
}

ssize_t sendfile(int out, int in, off_t *place, size_t count) {
    REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
    return now(WRITES, open_below(out)) ? failed() : really(out, in, place, count);
}

int fsync(int file) {
    REAL(int, "fsync", int);
    if (now(SYNCS, open_below(file))) return (int)failed();
    is_synced(file);
    return really(file);
}

int fdatasync(int file) {
    REAL(int, "fdatasync", int);
    if (now(SYNCS, open_below(file))) return (int)failed();
    is_synced(file);
    return really(file);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return now(NAMES, named_below(AT_FDCWD, to)) ? (int)failed() : really(from, to);
}

int renameat(int from_at, const char *from, int to_at, const char *to) {
    REAL(int, "renameat", int, const char *, int, const char *);
    return now(NAMES, named_below(to_at, to)) ? (int)failed() : really(from_at, from, to_at, to);
}

int link(const char *from, const char *to) {
    REAL(int, "link", const char *, const char *);
    return now(NAMES, named_below(AT_FDCWD, to)) ? (int)failed() : really(from, to);
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    return now(NAMES, named_below(to_at, to)) ? (int)failed() : really(from_at, from, to_at, to, flags);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    return now(NAMES, named_below(AT_FDCWD, path)) ? (int)failed() : really(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    return now(NAMES, named_below(AT_FDCWD, path)) ? (int)failed() : really(path, mode);
}

int chmod(const char *path, mode_t mode) {
    REAL(int, "chmod", const char *, mode_t);
    return now(NAMES, named_below(AT_FDCWD, path)) ? (int)failed() : really(path, mode);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int, #name, const char *, int, ...); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        if ((flags & O_CREAT) && now(NAMES, named_below(AT_FDCWD, path))) return (int)failed(); \
        return really(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
