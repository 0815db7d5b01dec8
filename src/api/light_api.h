/* light_api.h - what other pages of a project show of its light. */
#ifndef API_LIGHT_API_H
#define API_LIGHT_API_H

#include "api/call.h"
#include "domain/light.h"

/* "light": null for what has none, else the light with cause, since when, and every dimension. */
enum err put_light(struct call *c, const struct project *p);

#endif
