/* http_fake_api.h - a small api in place of src/api, so that the edge is tested over real sockets
 * without domain and store. Its routes are described in http_fake_api.c. */
#ifndef HTTP_FAKE_API_H
#define HTTP_FAKE_API_H

#include "api/api.h"

void fake_start(void);
void fake_stop(void); /* waits for what runs */

#endif
