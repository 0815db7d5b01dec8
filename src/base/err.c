#include "base/err.h"

const char *err_name(enum err code) {
	static const char *const names[ERR__N] = {
		[ERR_OK] = "ok",
		[ERR_INVALID] = "invalid",
		[ERR_UNAUTHENTICATED] = "unauthenticated",
		[ERR_FORBIDDEN] = "forbidden",
		[ERR_NOT_FOUND] = "not_found",
		[ERR_CONFLICT] = "conflict",
		[ERR_GATE] = "gate",
		[ERR_TOO_LARGE] = "too_large",
		[ERR_BUSY] = "busy",
		[ERR_STORE] = "store",
	};
	return code >= 0 && code < ERR__N ? names[code] : "unknown";
}
