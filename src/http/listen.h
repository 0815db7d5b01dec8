/* listen.h - from "HOST:PORT" to a socket, with a sentence when it does not work. */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "base/err.h"
#include "base/str.h"

#include <sys/socket.h>

/* Split "HOST:PORT" of numbers ("localhost" too); false = not of that form. */
bool listen_parse(struct str text, struct sockaddr_storage *out, socklen_t *n);
bool listen_is_loopback(const struct sockaddr *address);

enum err listen_open(struct arena *a, struct str where, bool only_loopback, int *fd, struct str *why);
struct str listen_url(struct arena *a, int fd, bool has_tls); /* with the port that it got */

#endif
