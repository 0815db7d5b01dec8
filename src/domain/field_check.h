/* field_check.h - the rule of a field type's text: which check of check.h it takes, how it is masked. */
#ifndef DOMAIN_FIELD_CHECK_H
#define DOMAIN_FIELD_CHECK_H

#include "domain/field.h"

/* False with *rule = key of the wording when the text breaks the rule of its type; *normal is the
 * form to store. Types without a rule pass as they are. */
bool check_typed_text(struct arena *a, enum ftype type, struct str text, struct str *normal,
	struct str *rule);

/* 138****5678 and the like, by type; a type without a mask keeps its first code point. */
struct str mask_text(struct arena *a, enum ftype type, struct str text);

#endif
