/* assets.h - the files of the web interface, put into the program by tools/embed.py at build. */
#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

#include "base/str.h"

struct asset {
	struct str path;            /* as in a request: "/assets/index-1a2b3c4d.js" */
	const char *type;
	struct str bytes, gzip;     /* gzip empty: not worth it */
	struct str etag, etag_gzip; /* strong, with quotes; another one for the compressed bytes */
	bool is_hashed;             /* the name changes with the content: may be kept for ever */
};

extern const struct asset assets[]; /* sorted by path; may be empty but for a last zeroed one */
extern const size_t assets_n;

const struct asset *asset_find(struct str path);

#endif
