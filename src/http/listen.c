/* The listening socket. Made here and not by the library, so that a failure can say why. */
#include "http/listen.h"

#include "base/buf.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

bool listen_is_loopback(const struct sockaddr *address) {
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof in);
		return ntohl(in.sin_addr.s_addr) >> 24 == 127;
	}
	struct sockaddr_in6 in6;
	memcpy(&in6, address, sizeof in6);
	if (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr)) return in6.sin6_addr.s6_addr[12] == 127;
	return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr);
}

static bool parse_v4(const char *host, uint16_t port, struct sockaddr_storage *out, socklen_t *n) {
	struct sockaddr_in in = {.sin_family = AF_INET, .sin_port = htons(port)};
	if (inet_pton(AF_INET, host, &in.sin_addr) != 1) return false;
	memcpy(out, &in, sizeof in);
	*n = sizeof in;
	return true;
}

static bool parse_v6(const char *host, uint16_t port, struct sockaddr_storage *out, socklen_t *n) {
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
	if (inet_pton(AF_INET6, host, &in6.sin6_addr) != 1) return false;
	memcpy(out, &in6, sizeof in6);
	*n = sizeof in6;
	return true;
}

bool listen_parse(struct str text, struct sockaddr_storage *out, socklen_t *n) {
	size_t colon = text.n;
	while (colon > 0 && text.p[colon - 1] != ':') colon--;
	if (colon == 0) return false;
	struct str host = str_sub(text, 0, colon - 1), number = str_sub(text, colon, text.n);
	int64_t port;
	if (number.n == 0 || number.p[0] == '-' || !str_int(number, &port) || port > 65535) return false;
	if (str_eq(host, S("localhost"))) host = S("127.0.0.1");
	bool is_v6 = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
	if (is_v6) host = str_sub(host, 1, host.n - 2);
	char c[INET6_ADDRSTRLEN];
	if (host.n == 0 || host.n >= sizeof c) return false;
	memcpy(c, host.p, host.n);
	c[host.n] = 0;
	*out = (struct sockaddr_storage){0};
	return is_v6 ? parse_v6(c, (uint16_t)port, out, n) : parse_v4(c, (uint16_t)port, out, n);
}

static enum err explain(struct arena *a, struct str where, int error, struct str *why) {
	struct buf b = {.arena = a};
	buf_c(&b, "cannot listen on ");
	buf_add(&b, where);
	const char *cause = error == EADDRINUSE ? ": another program listens there; stop it or choose another port"
	                  : error == EACCES ? ": ports below 1024 need the right to bind them; choose a higher one"
	                  : error == EADDRNOTAVAIL ? ": this machine does not have that address"
	                  : error == EAFNOSUPPORT ? ": this machine has no IPv6" : ": the system refuses it";
	buf_c(&b, cause);
	*why = buf_str(&b);
	return error == EADDRNOTAVAIL || error == EAFNOSUPPORT ? ERR_INVALID : ERR_BUSY;
}

enum err listen_open(struct arena *a, struct str where, bool only_loopback, int *fd, struct str *why) {
	struct sockaddr_storage address;
	socklen_t n;
	if (!listen_parse(where, &address, &n)) {
		*why = str_cat(a, where, S(": an address to listen on is a number and a port, as 127.0.0.1:8080 or [::1]:8443"));
		return ERR_INVALID;
	}
	if (only_loopback && !listen_is_loopback((const struct sockaddr *)&address)) {
		*why = str_cat(a, where, S(": a demo city has known passwords and listens on loopback only, as 127.0.0.1:8080"));
		return ERR_INVALID;
	}
	int s = socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1, off = 0;
	if (s < 0) return explain(a, where, errno, why);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (address.ss_family == AF_INET6) setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(s, (const struct sockaddr *)&address, n) != 0 || listen(s, SOMAXCONN) != 0) {
		int error = errno;
		close(s);
		return explain(a, where, error, why);
	}
	*fd = s;
	return ERR_OK;
}

struct str listen_url(struct arena *a, int fd, bool has_tls) {
	struct sockaddr_storage address = {0};
	socklen_t n = sizeof address;
	char host[INET6_ADDRSTRLEN] = "";
	struct buf b = {.arena = a};
	struct sockaddr_in in = {0};
	struct sockaddr_in6 in6 = {0};
	getsockname(fd, (struct sockaddr *)&address, &n);
	bool is_v6 = address.ss_family == AF_INET6;
	memcpy(&in, &address, sizeof in);
	memcpy(&in6, &address, sizeof in6);
	inet_ntop(address.ss_family, is_v6 ? (const void *)&in6.sin6_addr : &in.sin_addr, host, sizeof host);
	buf_c(&b, has_tls ? "https://" : "http://");
	if (is_v6) buf_byte(&b, '[');
	buf_c(&b, host);
	buf_c(&b, is_v6 ? "]:" : ":");
	buf_int(&b, ntohs(is_v6 ? in6.sin6_port : in.sin_port));
	return str_copy(a, buf_str(&b));
}
