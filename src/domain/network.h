/* network.h - lists of address ranges: "10.0.0.0/8, 192.168.1.7, fd00::/8". */
#ifndef DOMAIN_NETWORK_H
#define DOMAIN_NETWORK_H

#include "base/str.h"

/* The list in its normal form ("10.0.0.0/8,192.168.1.7/32"); false: *bad is the part that is none, or has
 * bits behind its mask. At most 50 ranges. */
bool networks_parse(struct arena *a, struct str text, struct str *normal, struct str *bad);

/* Whether an address lies in one of the ranges. IPv4 inside IPv6 (::ffff:10.0.0.1) is IPv4. What is no
 * address lies in none. */
bool networks_have(struct arena *a, struct str list, struct str address);

#endif
