/* rels.h - the relationships of a part: identifier, kind and the part that is meant (OPC). */
#ifndef SHEET_RELS_H
#define SHEET_RELS_H

#include "sheet/archive.h"

enum { RELS_MAX = 20000 };

struct rel {
	struct str id;
	struct str kind;     /* last segment of the type: "worksheet", in both namespaces */
	struct str target;   /* name of the part in the archive */
};

struct rels {
	struct rel *list;
	size_t n, room;
};

/* Relationships of part `of` ("" = of the package). None when it has no such file. */
enum err rels_load(struct arena *a, const struct archive *z, struct str of,
                   const struct sheet_limits *limits, struct rels *out,
                   struct sheet_problem *problem);
const struct rel *rels_by_id(const struct rels *r, struct str id);     /* NULL = none */
const struct rel *rels_by_kind(const struct rels *r, struct str kind); /* the first */

/* The entry of a target: as it stands, else with %XX decoded. */
const struct entry *rel_entry(struct arena *a, const struct archive *z, const struct rel *r);

#endif
