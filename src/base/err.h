/* err.h - failures are values: a code for the caller, a field for the form, a message for the log.
 *
 * The edge words a failure in the user's language from code, field, rule and args; message is
 * English and never shown to a user as it is. Few codes: a new one needs a new reaction. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

enum err {
	ERR_OK = 0,
	ERR_INVALID,         /* what was given breaks a rule; nothing was stored */
	ERR_UNAUTHENTICATED, /* nobody is logged in */
	ERR_FORBIDDEN,       /* logged in, but not for this */
	ERR_NOT_FOUND,       /* not there, or not to be seen by this actor */
	ERR_CONFLICT,        /* somebody else was first, or the state does not allow it */
	ERR_GATE,            /* a stage gate lacks something; the chain has every missing item */
	ERR_TOO_LARGE,       /* over a limit that the message names */
	ERR_BUSY,            /* later: too many, or the store is not reachable now */
	ERR_STORE,           /* the database failed; nothing of this request was stored */
	ERR__N
};

/* One failure. `rule` is the key of the sentence that the edge shows (e.g. "too_long"), `args` up
 * to three values for it. A form's failures are chained by next, all of them. */
struct error {
	enum err code;
	struct str field;    /* JSON member, or "sheet!B7"; empty = the whole */
	struct str rule;     /* key of the wording */
	struct str args[3];
	struct str message;  /* for the log: English, no text of users */
	const struct error *next;
};

const char *err_name(enum err code); /* "invalid", "not_found", ...: type of the problem, log */

#endif
