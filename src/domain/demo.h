/* demo.h - the demo city: a made-up Weifang on 10 April 2024, with two years of work behind it.
 *
 * Every person, firm, project and document in it is invented; only the divisions and industries are
 * real. It is made from a seed, so that two machines make the same city. The figures that the city
 * is known for (1,126 signed and 583 landed and started in 2023, 1,524 亿元 in place) are reached by
 * making that many rows; nothing else knows them, and every screen counts the rows. */
#ifndef DOMAIN_DEMO_H
#define DOMAIN_DEMO_H

#include "domain/ctx.h"

/* The password of every demo account: known to everybody, so a demo city is served to the machine
 * itself only (setting is_demo). */
#define DEMO_PASSWORD "demo2024-weifang"

enum { DEMO_SEED = 20240410 };

/* The accounts that stand for the roles, in the order of the roles table; the other accounts of
 * the city are the staff of its units. */
struct demo_login {
	struct str login;
	enum role role;
};
extern const struct demo_login demo_logins[];
extern const size_t demo_logins_n;

/* Fill a fresh city, in one write job: all of it is there, or nothing; then come three sheets at the
 * import desk, each in its own jobs. Loads the reference rows where
 * they are missing. ERR_CONFLICT when the city has an account or a project already. */
enum err demo_make(struct ctx *ctx, uint64_t seed);

#endif
