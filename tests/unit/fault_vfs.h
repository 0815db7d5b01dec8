/* fault_vfs.h - a SQLite VFS over the machine's own that can fail, and can lose its power.
 *
 * What was written is readable at once, as with any page cache, but it is kept apart until its
 * file is synced. When the power is cut, fault_image writes what a disk might hold then: of the
 * writes that no sync followed some are dropped, some are kept, some are torn by sectors. Locks,
 * shared memory and maps are those of the VFS below. Real fsyncs are left out: the model is ours. */
#ifndef FAULT_VFS_H
#define FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

struct fault_disk;

/* Registers the VFS under that name (borrowed) until fault_free, when no file may be open. */
struct fault_disk *fault_new(const char *name);
void fault_free(struct fault_disk *d);

/* The power goes at the n-th write, sync, truncate or delete from now; all that follows fails. */
void fault_cut_after(struct fault_disk *d, int64_t n);
bool fault_is_cut(struct fault_disk *d);

/* Writes the surviving files into the folder to. */
void fault_image(struct fault_disk *d, uint64_t seed, const char *to);

/* From now on every such call fails on files whose name ends so. FAULT_NONE: no more. */
enum fault {
	FAULT_NONE, FAULT_WRITE_EIO, FAULT_WRITE_FULL, FAULT_SYNC_EIO,
	FAULT_TRUNCATE_EIO, FAULT_READ_EIO, FAULT_LOCK_EIO, FAULT_OPEN_EIO, /* WRITE faults fail a truncate too */
};
void fault_set(struct fault_disk *d, enum fault fault, const char *suffix);

int64_t fault_calls(struct fault_disk *d); /* writes, syncs, truncates, deletes so far */

#endif
