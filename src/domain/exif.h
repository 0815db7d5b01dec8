/* exif.h - when and where a JPEG was taken, from its EXIF data. Foreign bytes: every offset is checked. */
#ifndef DOMAIN_EXIF_H
#define DOMAIN_EXIF_H

#include "base/day.h"

struct exif {
	bool has_time, has_place;
	int64_t at_ms;           /* the camera's clock taken as Asia/Shanghai */
	int64_t lng_e6, lat_e6;
};

/* False when the bytes are no JPEG or have no EXIF block that can be read. */
bool exif_read(struct str bytes, struct exif *out);

#endif
