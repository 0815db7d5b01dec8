#include "http/assets.h"

const struct asset *asset_find(struct str path) {
	size_t low = 0, high = assets_n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int c = str_cmp(path, assets[mid].path);
		if (c == 0) return &assets[mid];
		if (c < 0) high = mid;
		else low = mid + 1;
	}
	return NULL;
}
